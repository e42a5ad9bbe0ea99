/** How numbers and the like are put into words for people. */
package io.weighbridge.app.text;
