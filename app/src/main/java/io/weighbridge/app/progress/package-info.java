/** How far long work has come: a bar on a terminal, lines elsewhere. */
package io.weighbridge.app.progress;
