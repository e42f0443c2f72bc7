package io.github.camelaiflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelaiflow.DeliverCalls.Item;
import io.github.camelaiflow.data.Prediction;
import io.github.camelaiflow.data.Predictions;
import io.github.camelaiflow.delivery.Incoming;
import io.github.camelaiflow.delivery.Incoming.Header;
import io.github.camelaiflow.delivery.Origin;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.OutcomesException;
import io.github.camelaiflow.delivery.SteeringHeaders;
import io.github.camelaiflow.validation.FlaggedRecord;
import io.github.camelaiflow.validation.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConverter;

/** Reads what a route has made of delivered records: one outcome each. */
final class DeliverOutcomes {

    private static final String PREFIX = SteeringHeaders.ERROR;

    /** Headers of a record that are its decision's, too: what it is part of, and which dead letter it was. */
    private static final Set<String> KEPT = Set.of("traceparent", "tracestate", "aiflow-replay-of");

    private static final String UNREADABLE = "readable";
    private static final Failure UNDECIDED = new Failure("route", "UNDECIDED", List.of());

    private final String flow;
    private final String route;

    DeliverOutcomes(String flow, String route) {
        this.flow = flow;
        this.route = route;
    }

    /**
     * An outcome for each record: the body in the place that its origin has now. What the route has dropped is undecided.
     *
     * @throws OutcomesException if it can't be said which body is whose: that is not the records' fault
     */
    List<Outcome> read(Exchange exchange, List<Item> items, boolean batch) {
        SetAside.align(exchange);
        List<Origin> kept = SetAside.origins(exchange);
        Set<Origin> dropped = SetAside.dropped(exchange);
        Map<Origin, FlaggedRecord> rejected = SetAside.rejected(exchange);
        List<?> bodies = bodies(exchange.getMessage(), kept.size(), batch);
        List<Prediction> predictions = predictions(exchange, kept);
        Map<Origin, Integer> places = new HashMap<>();
        kept.forEach(origin -> places.put(origin, places.size()));
        List<Outcome> outcomes = new ArrayList<>(items.size());
        for (Item item : items) {
            Incoming record = item.record();
            Integer place = places.get(record.origin());
            if (rejected.containsKey(record.origin())) {
                outcomes.add(deadLetter(record, failure(rejected.get(record.origin()))));
            } else if (place != null) {
                Prediction prediction = predictions.isEmpty() ? null : predictions.get(place);
                outcomes.add(outcome(exchange, item, bodies.get(place), prediction));
            } else if (dropped.contains(record.origin())) {
                outcomes.add(deadLetter(record, UNDECIDED));
            } else {
                throw new OutcomesException(
                        "route " + route + ": the exchange that came from aiflow:deliver must keep its"
                                + " properties, since they tell which body is whose: let a split with an aggregation strategy leave"
                                + " those of the exchange before it, or set batch=false");
            }
        }
        return outcomes;
    }

    /** Of each record; empty if it isn't known which is whose. */
    private List<Prediction> predictions(Exchange exchange, List<Origin> kept) {
        List<Prediction> predictions =
                AnsweredRows.predictions(exchange.getMessage().getHeader(AiflowConstants.PREDICTION));
        if (predictions.size() != kept.size()) {
            return List.of();
        }
        List<Origin> asked = PredictionIds.asked(exchange);
        if (!asked.isEmpty() && !asked.equals(kept)) {
            throw new OutcomesException("route " + route + ": the records of a batch must stay in the order in which"
                    + " aiflow:infer was given them: bring them into another before it, or set batch=false");
        }
        return predictions;
    }

    private List<?> bodies(Message message, int records, boolean batch) {
        if (!batch) {
            List<Object> one = new ArrayList<>(1);
            one.add(message.getBody());
            return one;
        }
        int bodies = message.getBody() instanceof List<?> list ? list.size() : -1;
        if (bodies != records) {
            throw new OutcomesException(
                    "route " + route + " behind aiflow:deliver must leave a list with one body for each of "
                            + records + " records, in their order, such as aiflow:decision-json does, but left "
                            + (bodies < 0 ? "no list" : bodies + " bodies")
                            + ": have it filter and regroup records as they came and before they are changed, or set batch=false");
        }
        return (List<?>) message.getBody();
    }

    private Outcome outcome(Exchange exchange, Item item, Object body, Prediction prediction) {
        Incoming record = item.record();
        if (prediction != null && prediction.error() != null) {
            return deadLetter(record, new Failure("infer", prediction.error().name(), List.of()));
        }
        if (body == null || body == item.body() || body instanceof Predictions) {
            return deadLetter(record, UNDECIDED);
        }
        byte[] value = bytes(exchange, body);
        if (value == null) {
            throw new OutcomesException("route " + route
                    + " behind aiflow:deliver must leave bodies that Camel can convert to bytes, but left a "
                    + body.getClass().getName());
        }
        // The prediction's own, but for a part of the record that stands for it, whose id may be another each time
        String id = record.origin().decisionId(prediction == null ? flow : prediction.flow());
        return new Outcome.Decision(record.origin(), id, key(record, prediction), value, kept(record));
    }

    private static List<Header> kept(Incoming record) {
        return record.headers().stream()
                .filter(header -> header.value() != null && KEPT.contains(header.name()))
                .toList();
    }

    private static byte[] bytes(Exchange exchange, Object body) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        TypeConverter converter = exchange.getContext().getTypeConverter();
        return body instanceof CharSequence text
                ? text.toString().getBytes(UTF_8)
                : converter.tryConvertTo(byte[].class, exchange, body);
    }

    /** The record's own key keeps the order it came in; a record without one goes by what it is about. */
    private static byte[] key(Incoming record, Prediction prediction) {
        if (record.key() != null || prediction == null || prediction.key() == null) {
            return record.key();
        }
        return LabelReader.plain(prediction.key()).getBytes(UTF_8);
    }

    Outcome.DeadLetter deadLetter(Incoming record, Failure failure) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            // What a sender set under such names says nothing about this record
            if (!SteeringHeaders.steer(header.name())) {
                headers.add(header);
            }
        }
        Origin origin = record.origin();
        add(headers, "stage", failure.stage());
        add(headers, "reason", failure.reason());
        if (!failure.fields().isEmpty()) {
            add(headers, "fields", String.join(",", failure.fields()));
        }
        add(headers, "route", route);
        add(headers, "topic", origin.topic());
        add(headers, "partition", String.valueOf(origin.partition()));
        add(headers, "offset", String.valueOf(origin.offset()));
        add(headers, "decision-id", origin.decisionId(flow));
        return new Outcome.DeadLetter(origin, record.key(), record.value(), headers);
    }

    private static void add(List<Header> headers, String name, String value) {
        headers.add(new Header(PREFIX + name, value.getBytes(UTF_8)));
    }

    private static Failure failure(FlaggedRecord rejected) {
        List<Reason> reasons = rejected.reasons();
        boolean unreadable = reasons.stream().anyMatch(reason -> UNREADABLE.equals(reason.expectation()));
        return unreadable
                ? new Failure("decode", "UNDECODABLE", List.of())
                : new Failure(
                        "validate",
                        "INVALID",
                        reasons.stream().map(Reason::field).distinct().toList());
    }
}
