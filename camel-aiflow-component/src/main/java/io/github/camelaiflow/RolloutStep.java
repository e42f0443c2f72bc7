package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.FlowResult;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.rollout.Rollout;
import io.github.camelaiflow.rollout.RolloutDecision;
import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutStatus;
import io.github.camelaiflow.rollout.RolloutTrail;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Tells where a flow's rollout stands, decides on it by hand, or gives it the losses of answers. */
final class RolloutStep implements Step {

    private static final int DECISIONS = 1000;
    private static final int MAX_WORDS = 1000;
    private static final Map<String, Action> ACTIONS = Map.of(
            "promote", Action.PROMOTE,
            "rollBack", Action.ROLL_BACK,
            "pause", Action.PAUSE,
            "resume", Action.RESUME);

    private final Flow flow;
    private final String action;
    private final boolean toBody;

    RolloutStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.action = endpoint.getAction() == null ? "status" : endpoint.getAction();
        this.toBody = endpoint.resultToBody();
    }

    @Override
    public Work read(Exchange exchange) {
        exchange.getMessage().removeHeader(AiflowConstants.ROLLOUT);
        exchange.getMessage().removeHeader(AiflowConstants.ROLLOUT_DECISION);
        Action decision = ACTIONS.get(action);
        if (decision != null) {
            Map<String, Object> said = said(exchange);
            String claimed = words(said, "actor");
            // Then what the body says does not count
            String known = Actors.known(exchange);
            String actor = known == null ? claimed : known;
            String reason = words(said, "reason");
            return () -> decide(decision, actor, reason);
        }
        if (action.equals("label")) {
            Records records = ExchangeMapper.records(exchange);
            return () -> label(records);
        }
        return () -> tell(flow.rollout());
    }

    /** An empty body says nothing. */
    private static Map<String, Object> said(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body == null || body instanceof String text && text.isBlank()) {
            return Map.of();
        }
        Records records = ExchangeMapper.records(exchange);
        if (records.batch() || records.size() != 1 || !records.unreadable().isEmpty()) {
            throw new DataException(
                    Reason.UNSUPPORTED_BODY,
                    List.of(),
                    "a decision by hand takes one object with actor and reason, or an empty body");
        }
        Map<String, Object> said = records.rows().get(0);
        for (String field : said.keySet()) {
            if (!field.equals("actor") && !field.equals("reason")) {
                throw new DataException(
                        Reason.UNSUPPORTED_BODY,
                        List.of(),
                        "a decision by hand takes actor and reason, nothing else; over HTTP as application/json");
            }
        }
        return said;
    }

    private static String words(Map<String, Object> said, String field) {
        Object value = said.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof CharSequence text) || text.length() > MAX_WORDS) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    List.of(field),
                    field + " must be a text of at most " + MAX_WORDS + " characters");
        }
        return text.toString();
    }

    private Result decide(Action decision, String actor, String reason) {
        RolloutDecision made = flow.rollout().decide(decision, actor == null ? "route" : actor, reason);
        RolloutStatus status = flow.rollout().status();
        return exchange -> write(exchange, status, made);
    }

    private Result tell(Rollout rollout) {
        RolloutStatus status = rollout.status();
        RolloutTrail trail = action.equals("decisions") ? new RolloutTrail(rollout.decisions(DECISIONS)) : null;
        return exchange -> write(exchange, status, trail);
    }

    private void write(Exchange exchange, RolloutStatus status, FlowResult decided) {
        exchange.getMessage().setHeader(AiflowConstants.ROLLOUT, status);
        if (decided != null) {
            exchange.getMessage().setHeader(AiflowConstants.ROLLOUT_DECISION, decided);
        }
        if (toBody) {
            exchange.getMessage().setBody(decided instanceof RolloutTrail ? decided : status);
        }
    }

    /** All or none: a label that is wrong fails the exchange before any is taken. */
    private Result label(Records records) {
        Rollout rollout = flow.rollout();
        double[] losses = new double[records.size()];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = loss(records, i);
        }
        for (int i = 0; i < losses.length; i++) {
            rollout.labelled((String) records.rows().get(i).get("version"), losses[i]);
        }
        RolloutStatus status = rollout.status();
        return exchange -> write(exchange, status, null);
    }

    private double loss(Records records, int index) {
        String where = records.batch() ? "record " + index + ": " : "";
        DataException unreadable = records.unreadable().get(index);
        if (unreadable != null) {
            throw unreadable;
        }
        Map<String, Object> row = records.rows().get(index);
        if (!(row.get("version") instanceof String version)
                || !flow.parts().models().containsKey(version)) {
            throw new DataException(
                    Reason.WRONG_FEATURE,
                    List.of("version"),
                    where + "version must name the version that answered, one of "
                            + flow.parts().models().keySet());
        }
        if (!(row.get("loss") instanceof Number number) || !(number.doubleValue() >= 0 && number.doubleValue() <= 1)) {
            throw new DataException(
                    Reason.WRONG_FEATURE, List.of("loss"), where + "loss must be a number from 0 (right) to 1 (wrong)");
        }
        return number.doubleValue();
    }
}
