/**
 * Getting the bytes of a model file: {@code file:} in place, {@code http(s):} into a bounded spool file. Addresses are named by strangers, so
 * each is checked before it is used, and a refusal or a failure is a value with an outcome and a reason, never an exception.
 */
package io.weighbridge.hasher.fetch;
