/** Deeplearning4j's zip files, read as JSON and numbers: none of its classes is used, none of the serialised objects in them is read. */
package io.weighbridge.hasher.format.dl4j;
