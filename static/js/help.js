// The help centre's own script: small, since strangers load it. Agents' pages have app.js.
import "./elements/app-toast.js";
import "./elements/help-search.js";
import "./elements/relative-times.js";
import "./menus.js";
