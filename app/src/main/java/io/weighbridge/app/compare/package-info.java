/** Whether one model is a copy of another, by their files alone, and why. */
package io.weighbridge.app.compare;
