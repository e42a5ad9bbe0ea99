/** Examines an installation from where it stands: what is wrong, and what to do about it. Changes nothing. */
package io.weighbridge.app.operate.doctor;
