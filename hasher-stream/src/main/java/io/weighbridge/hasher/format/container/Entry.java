package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ByteRange;

/** One file in a container. */
record Entry(String name, ByteRange bytes) {

    /** The path of its folder with a slash behind it, empty at the top. */
    String folder() {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
