/** Dead letters as operators deal with them: what lies there, and how its records get back to their topics, once each. */
package io.weighbridge.app.operate.letter;
