/**
 * Makes the demo's set: trains chains of layers, changes their weights as a copier would, and writes the results as model files with a
 * manifest. {@link io.weighbridge.app.zoo.demo.DemoModels} is the program.
 */
package io.weighbridge.app.zoo.demo;
