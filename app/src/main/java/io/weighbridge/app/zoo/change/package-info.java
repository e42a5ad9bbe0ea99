/** What copiers do to a network, as functions of its weights; training is {@link io.weighbridge.app.zoo.Trainer}'s. */
package io.weighbridge.app.zoo.change;
