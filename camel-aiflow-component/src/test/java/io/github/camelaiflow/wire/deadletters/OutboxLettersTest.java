package io.github.camelaiflow.wire.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.store.DeadLetters.Letter;
import io.github.camelaiflow.store.JdbcStore;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Message.Header;
import io.github.camelaiflow.store.Outbox.Waiting;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an outbox could not send is a decision, not a record: it goes where it was to go, never to where records come from. */
class OutboxLettersTest extends DeskFixture {

    private static final byte[] DECISION = "{\"outcome\": \"refer\"}".getBytes(UTF_8);

    private String url;

    @Override
    String store(Path temp) {
        url = "jdbc:h2:file:" + temp.resolve("store");
        return "store: {url: \"" + url + "\"}\n";
    }

    private void unsent(String id) {
        Message message = new Message(
                "k".getBytes(UTF_8), DECISION, List.of(new Header("aiflow-decision-id", id.getBytes(UTF_8))));
        letters()
                .put(List.of(new Letter(
                        id, "outbox", "RECORD_TOO_LARGE", null, null, "decisions", -1, -1, Instant.EPOCH, message)));
    }

    private List<Waiting> waiting() {
        try (JdbcStore store = JdbcStore.of(url, null, null, InstantSource.system())) {
            return store.outbox("claims").next(0, 10);
        }
    }

    @Test
    void aReplayWaitsInTheOutboxForTheSameTopicOnce() throws Exception {
        unsent("d-1");

        JsonNode listed = list().get("letters").get(0);
        assertThat(listed.get("destination").asText()).isEqualTo("decisions");
        assertThat(listed.get("origin").isNull()).isTrue();
        JsonNode replayed = answer(ask("replay", by("d-1"), null));

        assertThat(replayed.get("state").asText()).isEqualTo("REPLAYED");
        refused(ask("replay", by("d-1"), null), Kind.CONFLICT);
        assertThat(again().getReceivedExchanges()).isEmpty();
        assertThat(waiting()).singleElement().satisfies(each -> {
            assertThat(each.draft().destination()).isEqualTo("decisions");
            assertThat(each.draft().message().value()).isEqualTo(DECISION);
            assertThat(each.draft().message().key()).isEqualTo("k".getBytes(UTF_8));
            assertThat(LetterMessages.header(each.draft().message(), "aiflow-decision-id"))
                    .isEqualTo("d-1");
            assertThat(LetterMessages.header(each.draft().message(), "aiflow-replay-of"))
                    .isEqualTo("d-1");
        });
    }

    @Test
    void manyAreReplayedSoAndNoneIsMended() throws Exception {
        unsent("d-1");
        unsent("d-2");

        refused(ask("replay", by("d-1"), RIGHT.getBytes(UTF_8)), Kind.CONFLICT);
        JsonNode tally =
                answer(ask("replay-all", Map.of("actor", "olga", "reason", "raised", "errorStage", "outbox"), null));

        assertThat(tally.get("done").asInt()).isEqualTo(2);
        assertThat(again().getReceivedExchanges()).isEmpty();
        assertThat(waiting()).hasSize(2);
    }

    @Test
    void nobodySaysOnATopicThatALetterWasAnOutboxs() throws Exception {
        Map<String, Object> forged = Map.of("aiflow-error-stage", "outbox", "aiflow-error-topic", "secrets");
        ask("intake", forged, RIGHT);

        String id = list().get("letters").get(0).get("id").asText();
        answer(ask("replay", by(id), null));

        assertThat(waiting()).isEmpty();
        assertThat(again().getReceivedExchanges()).hasSize(1);
    }
}
