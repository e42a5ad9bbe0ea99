/** What is measured: the columns of the evaluation, and the code of every file of a library in each of them. */
package io.weighbridge.app.evaluate.codes;
