// All behaviours of the pages, one custom element or one small module each.
import "./elements/app-toast.js";
import "./elements/check-all.js";
import "./elements/copy-text.js";
import "./elements/demo-people.js";
import "./elements/file-drop.js";
import "./elements/leaves-in.js";
import "./elements/live-updates.js";
import "./elements/recipient-field.js";
import "./elements/more-rows.js";
import "./elements/relative-times.js";
import "./elements/take-back.js";
import "./elements/ticket-composer.js";
import "./elements/ticket-page.js";
import "./elements/view-counts.js";
import "./elements/view-list.js";
import "./keys.js";
import "./menus.js";
