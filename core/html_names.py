"""Names of html elements and styles, for `core.html` and `core.html_tree`."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What survives `sanitize`.
TAGS = _names(
    "a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn "
    "div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s "
    "samp small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
# Dropped together with what is inside; everything else unknown loses only its tag.
TAGS_WITH_CONTENT = _names(
    "applet audio canvas embed frameset head iframe map math noembed noframes noscript object "
    "option plaintext script select style svg template textarea title video xml xmp"
)
STYLES = _names(
    "background-color color direction font-family font-size font-style font-variant font-weight "
    "letter-spacing line-height list-style-type text-align text-decoration text-indent "
    "text-transform vertical-align white-space"
)

# For the estimate of nesting: elements that need no end tag.
CLOSES_ITSELF = _names(
    "area base br col dd dt embed hr img input li link meta option p param source tbody td tfoot "
    "th thead tr track wbr"
)
# The formatting elements that an html5 parser opens again in the next block.
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")

# For reading html as text.
HIDDEN = _names(
    "script style head title meta link base template noscript object svg math map select option "
    "textarea iframe audio video canvas xml"
)
PARAGRAPH = _names("p ul ol dl table blockquote pre h1 h2 h3 h4 h5 h6 hr figure form")
BLOCK = PARAGRAPH | _names(
    "address article aside body center dd details div dt fieldset figcaption footer header html li "
    "main nav section summary tbody tfoot thead tr caption"
)
