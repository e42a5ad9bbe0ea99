package io.weighbridge.hasher.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Puts into a request what no log may show, its query and headers, when it is written to the connection. HttpClient logs the requests it handles at
 * level DEBUG; everything before this sees the path alone, and a {@link QuietConnection} logs nothing.
 */
final class SecretsLast extends HttpRequestExecutor {

    private static final String SECRETS = "weighbridge.secrets";

    private record Secrets(String pathAndQuery, Map<String, String> headers) {}

    /** Notes what the request that is made in this context is to have. */
    static void note(HttpContext context, String pathAndQuery, Map<String, String> headers) {
        context.setAttribute(SECRETS, new Secrets(pathAndQuery, Map.copyOf(headers)));
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback callback,
            HttpContext context)
            throws IOException, HttpException {
        var secrets = (Secrets) context.getAttribute(SECRETS);
        request.setPath(secrets.pathAndQuery());
        secrets.headers().forEach(request::setHeader);
        return super.execute(request, connection, callback, context);
    }

    /** A connection without a log of its own. */
    static final class QuietConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

        private volatile Timeout timeout = Timeout.DISABLED;
        private volatile boolean isClosed;

        QuietConnection(Http1Config limits) {
            super(limits);
        }

        @Override
        public void bind(Socket socket) throws IOException {
            bind(null, socket);
        }

        /** A request that was cancelled while it connected has closed this already. */
        @Override
        public void bind(SSLSocket encrypted, Socket socket) throws IOException {
            if (isClosed) {
                socket.close();
                throw new InterruptedIOException("closed while connecting");
            }
            if (encrypted == null) {
                super.bind(socket);
            } else {
                super.bind(encrypted, socket);
            }
            timeout = Timeout.ofMilliseconds(socket.getSoTimeout());
        }

        @Override
        public void close() throws IOException {
            isClosed = true;
            super.close();
        }

        @Override
        public void close(CloseMode mode) {
            isClosed = true;
            super.close(mode);
        }

        @Override
        public Socket getSocket() {
            var holder = getSocketHolder();
            return holder == null ? null : holder.getSocket();
        }

        @Override
        public void setSocketTimeout(Timeout timeout) {
            super.setSocketTimeout(timeout);
            this.timeout = timeout;
        }

        /** Idle in the pool. */
        @Override
        public void passivate() {
            super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
        }

        @Override
        public void activate() {
            super.setSocketTimeout(timeout);
        }
    }
}
