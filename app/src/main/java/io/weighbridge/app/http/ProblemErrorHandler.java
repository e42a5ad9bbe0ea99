package io.weighbridge.app.http;

import io.javalin.http.HttpStatus;
import io.weighbridge.app.http.access.RequestId;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that fail below the routes, with the same headers and form as above them, and nothing of what was sent. */
final class ProblemErrorHandler extends ErrorHandler {

    private final Map<String, String> headers;

    ProblemErrorHandler(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(RequestId.HEADER, RequestId.next());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Responses.PROBLEM);
        var status = HttpStatus.forStatus(response.getStatus());
        var body = Responses.bytes(Responses.problem(status, "the request could not be read", "/"));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
