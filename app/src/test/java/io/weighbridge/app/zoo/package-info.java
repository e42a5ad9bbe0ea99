/**
 * The program that makes networks to test with: draws image tasks, trains CNNs on them with Deeplearning4j, changes their weights as a
 * copier would, and writes the results as model files with a manifest. {@link io.weighbridge.app.zoo.DemoModels} makes the demo's set.
 */
package io.weighbridge.app.zoo;
