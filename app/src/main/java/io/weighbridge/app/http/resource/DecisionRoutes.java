package io.weighbridge.app.http.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weighbridge.alerting.CaseJson;
import io.weighbridge.alerting.Transitions;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.Body;
import io.weighbridge.app.http.Etag;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.app.http.Query;
import io.weighbridge.app.http.Responses;
import io.weighbridge.app.http.Routes;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decisions on cases. A decision is published, and the answer is the case as the alerting stage left it; the decision alone, with status 202,
 * if that takes too long.
 */
final class DecisionRoutes implements Routes {

    private static final int MOST_AT_ONCE = 500;
    private static final int LONGEST_ID = 200;

    /** Refusals of these fields are of what the request says; all others of what the case is. */
    private static final Set<String> FAULTS_OF_THE_REQUEST = Set.of("reason", "verdict", "until");

    private final LivePicture picture;
    private final Writes writes;

    DecisionRoutes(LivePicture picture, Writes writes) {
        this.picture = picture;
        this.writes = writes;
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.post(ROOT + "/alerts/{alertId}/decisions", this::decide, ApiRole.ANALYST);
        routes.post(ROOT + "/decisions", this::decideMany, ApiRole.ANALYST);
    }

    private void decide(Context context) {
        Query.none(context);
        InfringementCase known = Found.in(context, "alert", "alertId", picture::caseOf);
        var body = Body.of(context);
        var request = DecisionRequest.of(body, true);
        body.check();
        Etag.ofVersion(known.getVersion()).requireMatch(context);
        CaseDecision decision = request.decision(known, Access.actor(context).name(), writes.now());
        refusal(known, decision).ifPresent(problem -> {
            throw problem;
        });
        writes.publish(publisher -> publisher.decide(decision));
        var decided = writes.await(() -> decided(decision));
        if (decided.isEmpty()) {
            Responses.json(context, HttpStatus.ACCEPTED, CaseJson.of(decision).put("alertId", known.getAlertId()));
            return;
        }
        refusalOf(decided.get(), decision).ifPresent(refusal -> {
            throw new ProblemException(HttpStatus.CONFLICT, refusal);
        });
        context.header("ETag", Etag.ofVersion(decided.get().getVersion()).value());
        Responses.json(context, CaseJson.of(decided.get()));
    }

    private void decideMany(Context context) {
        Query.none(context);
        var body = Body.of(context);
        List<String> ids = body.texts("alertIds", MOST_AT_ONCE, LONGEST_ID);
        var request = DecisionRequest.of(body, false);
        if (ids.isEmpty()) {
            body.wrong("alertIds", "expected 1 to " + MOST_AT_ONCE + " ids of alerts");
        }
        body.check();
        String actor = Access.actor(context).name();
        List<BulkDecision> all = ids.stream()
                .map(id ->
                        BulkDecision.of(id, picture.caseOf(id), known -> request.decision(known, actor, writes.now())))
                .toList();
        List<BulkDecision> sent = publish(all);
        long deadline = writes.deadline();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        var results = answer.putArray("results");
        sent.forEach(one -> results.add(one.result(effect(one, deadline))));
        Responses.json(context, answer);
    }

    /** Tries no further once the brokers did not take one: each try may last half a minute. */
    private List<BulkDecision> publish(List<BulkDecision> all) {
        var sent = new ArrayList<BulkDecision>();
        Optional<String> problem = Optional.empty();
        for (BulkDecision one : all) {
            if (one.decision().isPresent() && problem.isEmpty()) {
                problem = publish(one.decision().get());
            }
            sent.add(problem.map(one::unpublished).orElse(one));
        }
        return sent;
    }

    private Optional<String> publish(CaseDecision decision) {
        try {
            writes.publish(publisher -> publisher.decide(decision));
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.getMessage());
        }
    }

    private Optional<InfringementCase> effect(BulkDecision one, long deadline) {
        return one.decision().flatMap(decision -> writes.await(() -> decided(decision), deadline));
    }

    /** The case once it has the decision, taken or refused. */
    private Optional<InfringementCase> decided(CaseDecision decision) {
        return picture.caseOf(decision.getAlertId()).filter(known -> isIn(known, decision));
    }

    private static boolean isIn(InfringementCase known, CaseDecision decision) {
        return known.getDecisions().stream().anyMatch(one -> one.getId().equals(decision.getId()));
    }

    /** Why the decision cannot be taken on the case as it is. */
    static Optional<ProblemException> refusal(InfringementCase known, CaseDecision decision) {
        return Transitions.refusal(known, decision).map(refusal -> {
            String field = refusal.substring(0, Math.max(0, refusal.indexOf(':')));
            boolean isOfRequest = FAULTS_OF_THE_REQUEST.contains(field);
            return new ProblemException(
                    isOfRequest ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.CONFLICT,
                    refusal,
                    List.of(new ProblemException.Located(
                            "/" + field, refusal.substring(field.length() + 1).strip())));
        });
    }

    /** Why the alerting stage did not take it: the case had changed by then. */
    static Optional<String> refusalOf(InfringementCase decided, CaseDecision decision) {
        return decided.getDecisions().stream()
                .filter(one -> one.getId().equals(decision.getId()))
                .findFirst()
                .map(CaseDecision::getRefusal);
    }
}
