/** Finds the alerts of a past range again, apart from the live system, and tells how they differ from those that were raised. */
package io.weighbridge.app.replay;
