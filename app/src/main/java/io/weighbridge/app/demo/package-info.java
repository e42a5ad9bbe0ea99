/** The models that ship with the program, and what is expected of each. */
package io.weighbridge.app.demo;
