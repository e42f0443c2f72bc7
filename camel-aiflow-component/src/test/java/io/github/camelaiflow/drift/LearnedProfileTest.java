package io.github.camelaiflow.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.data.Field;
import io.github.camelaiflow.data.FieldType;
import io.github.camelaiflow.data.Schema;
import io.github.camelaiflow.drift.profile.CategoryProfile;
import io.github.camelaiflow.drift.profile.NumberProfile;
import io.github.camelaiflow.drift.profile.Profile;
import io.github.camelaiflow.drift.profile.ProfileCollector;
import io.github.camelaiflow.drift.profile.ProfileOptions;
import io.github.camelaiflow.drift.profile.ReferenceException;
import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearnedProfileTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:15:30Z"));
    private static final Schema FIELDS =
            new Schema(null, List.of(Field.of("x", FieldType.NUMBER), Field.of("c", FieldType.CATEGORY)));

    private final Store store = new MemoryStore(CLOCK);
    private final AtomicReference<String> failing = new AtomicReference<>("");

    private LearnedProfile node(String node, String writer) {
        return node(store, node, writer);
    }

    private static LearnedProfile node(Store store, String node, String writer) {
        ProfileOptions options = ProfileOptions.DEFAULT.withReferenceSample(20);
        return new LearnedProfile(store, "claims", node, writer, FIELDS, options, CLOCK);
    }

    private static List<Map<String, Object>> rows(int from, int to) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(Map.of("x", i * 0.1, "c", "c" + i % 7));
        }
        return rows;
    }

    /** That what all nodes saved is what one would have seen of rows 0 to n - 1. */
    private void assertLearned(int n) {
        Profile profile = LearnedProfile.read(store, "claims").orElseThrow();
        ProfileCollector one = new ProfileCollector(FIELDS, ProfileOptions.DEFAULT);
        one.addAll(rows(0, n));
        Profile expected = one.profile(null);
        assertThat(profile.records()).isEqualTo(n);
        assertThat(profile.rows()).hasSize(Math.min(n, 20)).doesNotHaveDuplicates();
        assertThat(((NumberProfile) profile.column("x")).moments())
                .isEqualTo(((NumberProfile) expected.column("x")).moments());
        assertThat(((CategoryProfile) profile.column("c")).categories())
                .isEqualTo(((CategoryProfile) expected.column("c")).categories());
    }

    @Test
    void nodesLearnTogetherAndEachRecordCountsOnceHoweverOftenItIsSaved() {
        assertThat(LearnedProfile.read(store, "claims")).isEmpty();
        LearnedProfile one = node("one", "w1");
        LearnedProfile two = node("two", "w2");
        one.save();
        assertThat(LearnedProfile.read(store, "claims")).isEmpty();
        one.observe(rows(0, 300));
        one.save();
        one.save();
        two.observe(rows(300, 350));
        two.observe(rows(350, 351).get(0), null, null);
        two.save();
        assertLearned(351);
        one.observe(rows(351, 1000));
        one.save();
        one.save();
        two.save();
        assertLearned(1000);
        assertThat(one.profile().records()).isEqualTo(949);
    }

    @Test
    void aNodeGoesOnAfterARestartUnderItsNameOrAnother() {
        LearnedProfile before = node("one", "w1");
        before.observe(rows(0, 100));
        before.save();
        LearnedProfile same = node("one", "w2");
        assertThat(same.profile().records()).isEqualTo(100);
        same.observe(rows(100, 250));
        same.save();
        assertLearned(250);
        LearnedProfile other = node("three/ä", "w3");
        other.observe(rows(250, 300));
        other.save();
        assertLearned(300);
    }

    @Test
    void twoProcessesUnderOneNameCountEachRecordOnce() {
        LearnedProfile first = node("one", "w1");
        first.observe(rows(0, 100));
        first.save();
        LearnedProfile second = node("one", "w2");
        second.observe(rows(100, 150));
        first.observe(rows(150, 200));
        second.save();
        assertLearnedRecords(150);
        first.save();
        assertLearned(200);
        first.observe(rows(200, 220));
        second.observe(rows(220, 260));
        first.save();
        second.save();
        assertLearned(260);
    }

    @Test
    void twoProcessesUnderOneNameMayEvenWriteAtOnce() {
        LearnedProfile first = node("one", "w1");
        first.observe(rows(0, 100));
        List<Runnable> meanwhile = new ArrayList<>(List.of(first::save));
        LearnedProfile second = node(interrupted(meanwhile), "one", "w2");
        second.observe(rows(100, 150));
        second.save();
        assertThat(meanwhile).isEmpty();
        assertLearned(150);
    }

    /** A store before whose first part something else is done. */
    private Store interrupted(List<Runnable> meanwhile) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write") && !meanwhile.isEmpty()) {
                        meanwhile.remove(0).run();
                    }
                    return method.invoke(store, arguments);
                });
    }

    @Test
    void whatEarlierProcessesWroteTakesNoRoom() {
        for (int i = 0; i < 5; i++) {
            LearnedProfile node = node("one", "w" + i);
            node.observe(rows(10 * i, 10 * i + 5));
            node.save();
            node.observe(rows(10 * i + 5, 10 * i + 10));
            node.save();
        }
        assertLearned(50);
        assertThat(store.list(ProfileDocuments.PARTS, "claims/"))
                .filteredOn(part -> !part.content().isEmpty())
                .hasSizeLessThanOrEqualTo(2);
    }

    private void assertLearnedRecords(int records) {
        assertThat(LearnedProfile.read(store, "claims").orElseThrow().records()).isEqualTo(records);
    }

    @Test
    void aSaveWhoseAnswerIsLostDoesNotCountTwice() {
        LearnedProfile node = node(unreliable(), "one", "w1");
        node.observe(rows(0, 100));
        for (String when : List.of("before", "after", "before", "after")) {
            failing.set(when);
            assertThatThrownBy(node::save).isInstanceOf(StoreException.class);
            int records = (int) node.profile().records();
            node.observe(rows(records, records + 50));
        }
        failing.set("");
        node.save();
        assertLearned(300);
        node.observe(rows(300, 320));
        node.save();
        assertLearned(320);
    }

    @Test
    void aProfileThatIsAskedForWhileAnAnswerIsLostLosesNothing() {
        LearnedProfile node = node(unreliable(), "one", "w1");
        int records = 0;
        for (String when : List.of("after", "before", "after")) {
            node.observe(rows(records, records + 50));
            failing.set(when);
            assertThatThrownBy(node::save).isInstanceOf(StoreException.class);
            node.observe(rows(records + 50, records + 80));
            records += 80;
            assertThat(node.profile().records()).isEqualTo(records);
            assertThat(node.profile().records()).isEqualTo(records);
        }
        failing.set("");
        node.save();
        assertLearned(records);
        assertThat(node.profile().records()).isEqualTo(records);
    }

    /** A store of which replacing fails before or after it is done. */
    private Store unreliable() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    boolean replace = method.getName().equals("replace");
                    if (replace && failing.get().equals("before")) {
                        throw new StoreException("gone", null);
                    }
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (replace && failing.get().equals("after")) {
                            throw new StoreException("gone", null);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void aLargeProfileIsKeptInPartsThatFitADocument() {
        LearnedProfile node = node("one", "w1");
        List<Map<String, Object>> rows = IntStream.range(0, 9_000)
                .mapToObj(i -> Map.<String, Object>of("x", i, "c", "\uD83D\uDE00".repeat(14) + i))
                .toList();
        node.observe(rows);
        node.save();
        List<Store.Document> parts = store.list(ProfileDocuments.PARTS, "claims/");
        assertThat(parts).hasSizeGreaterThan(1);
        Profile profile = LearnedProfile.read(store, "claims").orElseThrow();
        assertThat(profile.toJson()).isEqualTo(node.profile().toJson());
        assertThat(((CategoryProfile) profile.column("c")).distinct()).isEqualTo(9_000);
        node.observe(rows);
        node.save();
        node.save();
        assertLearnedRecords(18_000);
    }

    @Test
    void whatIsDamagedOrOfOtherFieldsIsRefused() {
        LearnedProfile node = node("one", "w1");
        node.observe(rows(0, 10));
        node.save();
        Schema others = new Schema(null, List.of(Field.of("x", FieldType.CATEGORY)));
        assertThatThrownBy(
                        () -> new LearnedProfile(store, "claims", "one", "w2", others, ProfileOptions.DEFAULT, CLOCK))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("declared fields");
        Store.Document part = store.list(ProfileDocuments.PARTS, "claims/").get(0);
        store.write(ProfileDocuments.PARTS, part.key(), part.content().replace("c1", "c8"));
        assertThatThrownBy(() -> LearnedProfile.read(store, "claims"))
                .isInstanceOf(ReferenceException.class)
                .hasMessage("the profile that node one stored must have parts that fit its head's sha256");
        store.write(ProfileDocuments.SPACE, "claims/one", "{\"secret");
        assertThatThrownBy(() -> LearnedProfile.read(store, "claims"))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("must be a head")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void forgettingBeginsAnew() {
        LearnedProfile node = node("one", "w1");
        node.observe(rows(0, 100));
        node.save();
        LearnedProfile.forget(store, "claims");
        assertThat(LearnedProfile.read(store, "claims")).isEmpty();
        assertThat(store.list(ProfileDocuments.PARTS, ""))
                .allMatch(part -> part.content().isEmpty());
        node.observe(rows(0, 30));
        node.save();
        assertLearned(30);
        LearnedProfile after = node("one", "w2");
        after.observe(rows(30, 40));
        after.save();
        assertLearned(40);
    }

    @Test
    void flowsDoNotMix() {
        LearnedProfile node = node("one", "w1");
        node.observe(rows(0, 10));
        node.save();
        assertThat(LearnedProfile.read(store, "claim")).isEmpty();
        assertThat(LearnedProfile.read(store, "claims/one")).isEmpty();
    }
}
