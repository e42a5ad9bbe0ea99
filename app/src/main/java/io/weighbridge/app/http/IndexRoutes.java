package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.index.IncompleteIndexException;
import io.weighbridge.app.index.IndexGateway;
import java.util.concurrent.Semaphore;

/**
 * The index in the API: {@code /api/v1/index} tells how it fares, {@code /api/v1/lookup} what is near a code. An incomplete answer is a
 * problem with {@code "indexComplete": false}.
 */
final class IndexRoutes implements Routes {

    /** Each holds a thread while matchers are asked. */
    private static final int MOST_AT_ONCE = 8;

    private final IndexGateway index;
    private final Semaphore asking = new Semaphore(MOST_AT_ONCE);

    IndexRoutes(IndexGateway index) {
        this.index = index;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(
                ROOT + "/index",
                context -> {
                    Query.none(context);
                    answer(context, index::status);
                },
                ApiRole.VIEWER);
        routes.get(
                ROOT + "/lookup",
                context -> {
                    var question = LookupParameters.of(context);
                    answer(context, () -> index.lookUp(question));
                },
                ApiRole.VIEWER);
    }

    private interface Question {
        ObjectNode ask() throws IncompleteIndexException;
    }

    private void answer(Context context, Question question) {
        if (!asking.tryAcquire()) {
            context.header("Retry-After", "1");
            Responses.problem(
                    context, HttpStatus.SERVICE_UNAVAILABLE, "questions at once: expected at most " + MOST_AT_ONCE);
            return;
        }
        try {
            Responses.json(context, question.ask());
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(e.getMessage());
        } catch (IncompleteIndexException e) {
            var problem = Responses.problem(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage(), context.path());
            problem.put("indexComplete", false);
            var missing = problem.putArray("missingPartitions");
            e.missing().forEach(missing::add);
            Responses.problem(context, HttpStatus.SERVICE_UNAVAILABLE, problem);
        } finally {
            asking.release();
        }
    }
}
