/** Commands for whoever keeps the system running: dead letters, resets, rights, and what is wrong. */
package io.weighbridge.app.cli.operate;
