package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.store.DeadLetters.Criteria;
import io.github.camelaiflow.store.DeadLetters.State;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Letters that are meant by what they have in common, on H2. */
class MatchingLettersTest extends DeskFixture {

    @Override
    String store(Path temp) {
        return "store: {url: \"jdbc:h2:file:" + temp.resolve("store") + "\"}\n";
    }

    /** Ten that no model answered, numbers 0 to 9, and three that were invalid. */
    private void take() {
        for (int i = 0; i < 10; i++) {
            ask("intake", failed(i, "infer", "MODEL_RETRYABLE", ""), "{\"n\": " + i + "}");
        }
        for (int i = 10; i < 13; i++) {
            ask("intake", failed(i, "validate", "INVALID", "amount,type"), "{\"n\": " + i + "}");
        }
    }

    private static Map<String, Object> failed(int offset, String stage, String reason, String fields) {
        Map<String, Object> headers = new HashMap<>(origin(offset));
        headers.putAll(
                Map.of("aiflow-error-stage", stage, "aiflow-error-reason", reason, "aiflow-error-fields", fields));
        return headers;
    }

    private static Map<String, Object> meaning(String name, Object value) {
        return Map.of(name, value, "actor", "olga", "reason", "the model is back");
    }

    private List<String> states() throws Exception {
        return list().get("letters").findValuesAsText("state");
    }

    @Test
    void lettersAreListedByWhatTheyHaveInCommon() throws Exception {
        take();

        assertThat(listed("errorReason", "MODEL_RETRYABLE")).hasSize(10);
        assertThat(listed("errorStage", "validate")).hasSize(3);
        assertThat(listed("errorField", "type")).hasSize(3);
        assertThat(listed("errorField", "ype")).isEmpty();
        assertThat(listed("route", "another")).isEmpty();
        assertThat(listed("since", "2020-01-01T00:00:00Z")).hasSize(13);
        assertThat(listed("until", "2020-01-01T00:00:00Z")).isEmpty();
        refused(ask("list", Map.of("since", "yesterday"), null), Kind.MALFORMED);
        refused(ask("list", Map.of("errorStage", "a\0b"), null), Kind.MALFORMED);
    }

    private JsonNode listed(String name, String value) throws Exception {
        return answer(ask("list", Map.of(name, value), null)).get("letters");
    }

    @Test
    void thoseThatMatchAreReplayedOnceAndInOrder() throws Exception {
        take();
        Map<String, Object> meant = meaning("errorReason", "MODEL_RETRYABLE");

        JsonNode some = answer(ask("replay-all", with(meant, "limit", "4"), null));
        JsonNode rest = answer(ask("replay-all", meant, null));

        assertThat(some.get("done").asInt()).isEqualTo(4);
        assertThat(some.get("next").asLong()).isPositive();
        assertThat(rest.toString()).isEqualTo("{\"done\":6,\"refused\":0,\"next\":null}");
        assertThat(again().getReceivedExchanges())
                .extracting(sent -> sent.getMessage().getBody(String.class))
                .containsExactly(IntStream.range(0, 10)
                        .mapToObj(i -> "{\"n\": " + i + "}")
                        .toArray(String[]::new));
        assertThat(states()).filteredOn("REPLAYED"::equals).hasSize(10);
        assertThat(states()).filteredOn("NEW"::equals).hasSize(3);
        assertThat(answer(ask("replay-all", meant, null)).get("done").asInt()).isZero();
    }

    @Test
    void thoseThatMatchAreDiscarded() throws Exception {
        take();

        answer(ask("discard-all", meaning("errorField", "amount"), null));

        assertThat(letters().list(Criteria.of(State.DISCARDED), 0, 99))
                .hasSize(3)
                .allSatisfy(letter -> {
                    assertThat(letter.actor()).isEqualTo("olga");
                    assertThat(letter.note()).isEqualTo("the model is back");
                });
        assertThat(again().getReceivedExchanges()).isEmpty();
    }

    @Test
    void itEndsAtTheFirstOfWhichNobodyKnowsWhetherItCame() throws Exception {
        take();
        AtomicInteger sent = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:breaks").errorHandler(noErrorHandler()).process(exchange -> {
                    if (sent.incrementAndGet() > 3) {
                        throw new IllegalStateException("away");
                    }
                });
            }
        });
        DeadLetterDesk breaking = desk("replay-all");
        breaking.setTo("direct:breaks");
        desk("breaking", breaking);

        Exchange ended = ask("breaking", meaning("errorStage", "infer"), null);

        refused(ended, Kind.UNKNOWN);
        String fourth = list().get("letters").get(3).get("id").asText();
        assertThat(ended.getException(DeadLetterException.class))
                .hasMessageStartingWith("After 3 letters, with letter " + fourth + ": ");
        assertThat(states().subList(0, 5)).containsExactly("REPLAYED", "REPLAYED", "REPLAYED", "REPLAYING", "NEW");
        assertThat(sent).hasValue(4);
    }

    @Test
    void aLetterThatIsNotWholeIsLeftOut() throws Exception {
        ask("intake", failed(1, "infer", "MODEL_RETRYABLE", ""), new byte[(1 << 20) + 1]);
        ask("intake", failed(2, "infer", "MODEL_RETRYABLE", ""), RIGHT);

        JsonNode tally = answer(ask("replay-all", meaning("errorStage", "infer"), null));

        assertThat(tally.toString()).isEqualTo("{\"done\":1,\"refused\":1,\"next\":null}");
        assertThat(states()).containsExactly("NEW", "REPLAYED");
    }

    @Test
    void nobodyHandlesAllByMistake() throws Exception {
        take();

        for (String action : List.of("replay-all", "discard-all")) {
            refused(ask(action, Map.of("actor", "olga"), null), Kind.MALFORMED);
            refused(ask(action, meaning("state", "NEW"), null), Kind.MALFORMED);
            refused(ask(action, with(meaning("errorStage", "infer"), "state", "REPLAYED"), null), Kind.MALFORMED);
            refused(ask(action, Map.of("errorStage", "infer"), null), Kind.MALFORMED);
        }
        refused(ask("replay-all", meaning("errorStage", "infer"), RIGHT.getBytes(UTF_8)), Kind.MALFORMED);
        assertThat(states()).hasSize(13).containsOnly("NEW");
    }
}
