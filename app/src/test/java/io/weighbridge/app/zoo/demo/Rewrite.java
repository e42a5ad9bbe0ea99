package io.weighbridge.app.zoo.demo;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What a copier does to a network. The original stays as it is. */
@FunctionalInterface
interface Rewrite {

    MultiLayerNetwork apply(MultiLayerNetwork original);

    /** This change, then another. */
    default Rewrite then(Rewrite next) {
        return original -> next.apply(apply(original));
    }
}
