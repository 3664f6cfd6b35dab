from channels_in.actions.sending import send_due
from channels_in.actions.suspended import ItemGone, delete_item, recover_item

__all__ = ["ItemGone", "delete_item", "recover_item", "send_due"]
