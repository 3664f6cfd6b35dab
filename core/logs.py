"""One tidy line a log record: time, process, level, event name, then the record's ids."""

import logging
import time

# What every record has; anything else was given as `extra` and is shown as key=value.
_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "data"}


class LineFormatter(logging.Formatter):
    def __init__(self, process_name: str = "") -> None:
        super().__init__()
        self.process_name = process_name

    def format(self, record: logging.LogRecord) -> str:
        clock = time.strftime("%H:%M:%S", time.localtime(record.created))
        name = f"{self.process_name:<8} " if self.process_name else ""
        extras = "".join(
            f" {key}={value}" for key, value in vars(record).items() if key not in _STANDARD
        )
        line = f"{clock} {name}{record.levelname.lower():<7} {record.getMessage()}{extras}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line
