/** Networks to test and measure with: drawn image tasks, small CNNs trained on them with Deeplearning4j, and what copiers do to them. */
package io.weighbridge.app.zoo;
