package io.github.camelaiflow.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.Sha256;
import io.github.camelaiflow.delivery.Outcome.DeadLetter;
import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Message.Header;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredLetterTest {

    private static Header header(String name, int bytes) {
        return new Header(name, "x".repeat(bytes).getBytes(UTF_8));
    }

    @Test
    void whatFitsIsKeptAsItIs() {
        Message whole = new Message(null, new byte[9], List.of(header("aiflow-error-stage", 9)));

        assertThat(StoredLetter.message(whole)).isSameAs(whole);
    }

    @Test
    void aLetterInPartFitsWhateverItsHeadersAre() {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            headers.add(header("aiflow-error-" + "n".repeat(3_900) + i, 4_000));
        }
        headers.add(header("Aiflow-Error-Stage", 4_000));
        headers.add(header("aiflow-error-reason", 3_000));
        Message kept = StoredLetter.message(new Message(null, new byte[2 << 20], headers));

        assertThat(kept.fits()).isTrue();
        assertThat(kept.headers())
                .extracting(Header::name)
                .as("the known ones come first")
                .startsWith("Aiflow-Error-Stage", "aiflow-error-reason")
                .endsWith(StoredLetter.DIGEST, StoredLetter.OMITTED)
                .hasSizeGreaterThan(8);
        assertThat(StoredLetter.isWhole(kept)).isFalse();
    }

    @Test
    void whatATopicDoesNotTakeIsLeftOutStepByStepAndItStaysTheSameLetter() {
        Origin origin = new Origin("in", 0, 7);
        byte[] value = new byte[5 << 20];
        List<Incoming.Header> headers = new ArrayList<>();
        headers.add(new Incoming.Header("aiflow-error-stage", "decode".getBytes(UTF_8)));
        headers.add(new Incoming.Header("blank", new byte[70 << 10]));
        DeadLetter whole = new DeadLetter(origin, new byte[65 << 10], value, headers);

        DeadLetter first = StoredLetter.smaller(whole);
        assertThat(first.value()).isNull();
        assertThat(first.key()).isSameAs(whole.key());
        assertThat(first.headers()).hasSize(4);
        DeadLetter second = StoredLetter.smaller(first);
        assertThat(second.key()).isNull();
        assertThat(second.headers())
                .extracting(header -> header.name() + (header.name().equals("blank") ? "" : "=" + text(header.value())))
                .containsExactlyInAnyOrder(
                        "aiflow-error-stage=decode",
                        StoredLetter.DIGEST + "=" + Sha256.of(value),
                        StoredLetter.OMITTED + "=value,key,headers");
        assertThat(StoredLetter.smaller(second)).isNull();
        assertThat(List.of(first, second))
                .allSatisfy(letter -> assertThat(StoredLetter.id(origin, "flow", message(letter)))
                        .isEqualTo(StoredLetter.id(origin, "flow", message(whole))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static Message message(DeadLetter letter) {
        return new Message(
                letter.key(),
                letter.value(),
                letter.headers().stream()
                        .map(header -> new Header(header.name(), header.value()))
                        .toList());
    }

    @Test
    void soDoesOneWithOneHeaderTooMany() {
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            headers.add(header("aiflow-error-x" + i, 1));
        }
        Message whole = new Message(new byte[(64 << 10) + 1], null, headers);

        assertThat(StoredLetter.message(whole).fits()).isTrue();
    }
}
