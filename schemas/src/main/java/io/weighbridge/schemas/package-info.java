/**
 * What crosses a topic: the {@link io.weighbridge.schemas.Topics}, their serdes and the settings that choose them. The records themselves
 * are generated from {@code src/main/avro}.
 */
package io.weighbridge.schemas;
