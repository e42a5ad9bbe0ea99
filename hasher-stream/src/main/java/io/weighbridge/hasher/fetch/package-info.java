/**
 * Getting the bytes of a model file: {@code file:} in place, {@code http(s):} into a bounded spool file or, if large, in
 * stretches; and which files a folder or an {@code hf:} repository stands for. Addresses are named by strangers, so
 * each is checked before it is used, and a refusal or a failure is a value with an outcome and a reason, never an exception.
 */
package io.weighbridge.hasher.fetch;
