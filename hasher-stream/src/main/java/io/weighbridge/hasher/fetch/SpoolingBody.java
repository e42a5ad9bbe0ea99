package io.weighbridge.hasher.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Writes the body of an answer behind the bytes that are here already, as it arrives, and stops at the first byte over the limit. */
final class SpoolingBody {

    private static final int BUFFER_BYTES = 1 << 16;

    private final PartialDownload download;
    private final long maxBytes;
    private final BandwidthCap bandwidth;

    SpoolingBody(PartialDownload download, long maxBytes, BandwidthCap bandwidth) {
        this.download = download;
        this.maxBytes = maxBytes;
        this.bandwidth = bandwidth;
    }

    /**
     * Reads to the end, or over the limit.
     *
     * @return bytes of the file so far; more than the limit if it was exceeded
     * @throws IOException if the host broke off: what came before is in the file, and counted
     */
    long read(InputStream body) throws IOException, InterruptedException {
        var buffer = new byte[BUFFER_BYTES];
        try (var channel = open()) {
            for (int count = next(body, buffer); count >= 0; count = next(body, buffer)) {
                if (download.bytes() + count > maxBytes) {
                    return download.bytes() + count;
                }
                write(channel, ByteBuffer.wrap(buffer, 0, count));
                download.add(count);
                bandwidth.take(count);
            }
        }
        if (download.totalBytes() >= 0 && download.bytes() != download.totalBytes()) {
            throw new IOException("body: expected " + download.totalBytes() + " bytes, got " + download.bytes());
        }
        return download.bytes();
    }

    private int next(InputStream body, byte[] buffer) throws IOException {
        try {
            return body.read(buffer);
        } catch (ConnectionClosedException | TruncatedChunkException | SocketException e) {
            throw new IOException(
                    "the host ended the connection after " + download.bytes()
                            + (download.totalBytes() < 0 ? "" : " of " + download.totalBytes()) + " bytes",
                    e);
        }
    }

    private FileChannel open() throws SpoolException {
        try {
            var channel = FileChannel.open(download.file(), StandardOpenOption.WRITE);
            channel.truncate(download.bytes());
            channel.position(download.bytes());
            return channel;
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws SpoolException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new SpoolException(e);
        }
    }

    /** Our own disk failed, not the host. */
    static final class SpoolException extends IOException {

        private static final long serialVersionUID = 1L;

        SpoolException(IOException cause) {
            super("spool: " + cause.getMessage(), cause);
        }
    }
}
