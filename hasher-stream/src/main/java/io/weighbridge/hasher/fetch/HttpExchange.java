package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.HostGate.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * One request and its answer, in the host's turn, within a deadline and without long silences. Follows nothing and repeats nothing. Sends
 * what it is given and nothing else: no cookies, no proxy, no credentials of its own.
 *
 * <p>Connections go to the address in the {@link Gate}, and are kept for the next request to the same address under the same name. Names
 * are not resolved here: a request that would need it fails.
 */
final class HttpExchange implements AutoCloseable {

    static final int OK = 200;
    static final int PARTIAL_CONTENT = 206;

    private static final int MOST_CONNECTIONS = 1000;
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);

    /** Hosts are hostile: without these their headers could fill the memory. */
    private static final Http1Config BOUNDED =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(200).build();

    private static final DnsResolver NO_NAMES = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + " was not checked");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host + " was not checked");
        }
    };

    private final Duration readTimeout;
    private final HostTurns turns;
    private final CloseableHttpClient client;
    private final ExecutorService threads;
    private volatile boolean isClosed;

    HttpExchange(FetchSettings settings) {
        this(settings, SSLContexts.createDefault());
    }

    HttpExchange(FetchSettings settings, SSLContext trust) {
        readTimeout = settings.http().readTimeout();
        var traffic = settings.traffic();
        turns = new HostTurns(traffic.connectionsPerHost(), traffic.requestsPerSecond());
        client = client(settings, trust);
        var count = new AtomicLong();
        threads = Executors.newCachedThreadPool(runnable -> {
            var thread = new Thread(runnable, "weighbridge-fetch-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static CloseableHttpClient client(FetchSettings settings, SSLContext trust) {
        var silence = Timeout.of(settings.http().readTimeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(socket -> new SecretsLast.QuietConnection(BOUNDED))
                .setDnsResolver(NO_NAMES)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(trust))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.http().connectTimeout()))
                        .setSocketTimeout(silence)
                        .setIdleTimeout(Timeout.of(IDLE.getDuration(), TimeUnit.SECONDS))
                        .build())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(settings.traffic().connectionsPerHost())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setRequestExecutor(new SecretsLast())
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(silence)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("weighbridge")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    /** Beginning of an answer. */
    record Head(int status, HttpHeaders headers) {

        String location() {
            return headers.firstValue("Location").orElse("");
        }

        String encoding() {
            return headers.firstValue("Content-Encoding").orElse("identity");
        }

        /** Whether the body is the file, not a compressed form of it. */
        boolean isPlain() {
            return encoding().equalsIgnoreCase("identity");
        }

        /** How long the host asks to be left alone; zero if it asks nothing that is understood. */
        Duration retryAfter() {
            return RateLimitFields.leaveAlone(headers, Instant.now());
        }
    }

    /** Takes an answer. What it does not read of the body is never read. */
    interface Reader<T> {

        T read(Head head, InputStream body) throws IOException, InterruptedException;
    }

    /** The host said nothing for too long, or did not end in time. */
    static final class SilenceException extends IOException {

        private static final long serialVersionUID = 1L;

        SilenceException(String message) {
            super(message);
        }
    }

    /**
     * Asks, and has the answer read.
     *
     * @param received bytes so far, for the message when there is no end
     * @throws InterruptedException if the thread was interrupted, or this was closed: nothing is under way any more
     */
    <T> T get(Gate gate, Map<String, String> headers, Reader<T> reader, Received received, Deadline deadline)
            throws IOException, InterruptedException {
        var turn = turns.take(gate.host(), deadline);
        try {
            var request = request(gate);
            var answer = threads.submit(() -> ask(gate, request, headers, reader));
            try {
                return await(answer, received, deadline);
            } finally {
                request.cancel();
                answer.cancel(true);
            }
        } catch (RejectedExecutionException e) {
            throw new InterruptedException("the fetcher was closed");
        } finally {
            turn.close();
        }
    }

    /** How many bytes came. */
    interface Received {
        long bytes();
    }

    private static HttpUriRequestBase request(Gate gate) throws IOException {
        try {
            var target = gate.target();
            var shown = URI.create(target.getScheme() + "://" + target.getRawAuthority() + target.getRawPath());
            var request = new HttpUriRequestBase("GET", shown);
            request.setHeader("Accept-Encoding", "identity");
            return request;
        } catch (IllegalArgumentException e) {
            throw new IOException("the address cannot be asked for");
        }
    }

    private <T> T ask(Gate gate, HttpUriRequestBase request, Map<String, String> headers, Reader<T> reader)
            throws IOException, InterruptedException {
        var context = HttpClientContext.create();
        String query = gate.target().getRawQuery();
        SecretsLast.note(context, request.getPath() + (query == null ? "" : "?" + query), headers);
        var response = client.executeOpen(host(gate), request, context);
        try {
            var head = new Head(response.getCode(), headers(response));
            turns.leaveAlone(gate.host(), head.retryAfter());
            var body = response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
            return reader.read(head, body);
        } finally {
            discard(request, response);
        }
    }

    /** A connection whose answer was read to its end is kept; any other is cut, for closing it would read the rest first. */
    private static void discard(HttpUriRequestBase request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // cut, as it should be
        }
    }

    private static HttpHost host(Gate gate) {
        URI target = gate.target();
        String name = gate.host().startsWith("[")
                ? gate.host().substring(1, gate.host().length() - 1)
                : gate.host();
        return new HttpHost(target.getScheme(), gate.address(), name, target.getPort());
    }

    private static HttpHeaders headers(ClassicHttpResponse response) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            String value = header.getValue() == null ? "" : header.getValue();
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(value);
        }
        return HttpHeaders.of(headers, (name, value) -> !name.isBlank());
    }

    private <T> T await(Future<T> answer, Received received, Deadline deadline)
            throws IOException, InterruptedException {
        try {
            return answer.get(Math.max(0, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SilenceException(
                    "not done by the deadline, " + received.bytes() + " bytes received; see " + FetchSettings.DEADLINE);
        } catch (CancellationException e) {
            throw new InterruptedException("the fetcher was closed");
        } catch (ExecutionException e) {
            if (isClosed || e.getCause() instanceof InterruptedException) {
                throw new InterruptedException("the fetcher was closed");
            }
            throw cause(e, received);
        }
    }

    private IOException cause(ExecutionException failure, Received received) {
        var cause = failure.getCause();
        if (cause instanceof SocketTimeoutException timeout && !isConnecting(timeout)) {
            return new SilenceException("no byte for " + readTimeout + " after " + received.bytes() + "; see "
                    + FetchSettings.READ_TIMEOUT);
        }
        if (cause instanceof SSLException ssl) {
            return new IOException("TLS: " + ssl.getMessage(), ssl);
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    private static boolean isConnecting(IOException timeout) {
        return timeout instanceof ConnectTimeoutException;
    }

    /** Aborts what is under way. */
    @Override
    public void close() {
        isClosed = true;
        turns.close();
        threads.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
