package io.github.camelaiflow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.store.JoinTable.Expired;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Outcome;
import io.github.camelaiflow.store.JoinTable.Right;
import io.github.camelaiflow.store.JoinTable.Verdict;
import io.github.camelaiflow.store.JoinTable.Waiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store's joins do, said one by one, and tried with many seeded sequences. */
public abstract class JoinSequencesContract extends JoinContract {

    private static final long SEED = 20261122;
    private static final List<String> ALIASES = List.of("c1", "c2", "c3");

    /** How many permutations are tried. */
    protected abstract int permutations();

    /** A table without content, in the same store or one like it. */
    protected JoinTable fresh(int number) {
        return store.joins("fresh" + number);
    }

    /** What a table holds in the end: pairs, and what waits, by what they say. */
    private record Held(Set<String> pairs, Set<String> lefts, Set<String> rights) {}

    private static Held held(JoinTable table) {
        List<Joined> feed = table.joined(0, 1_000);
        Set<String> pairs = feed.stream()
                .map(pair -> pair.left() + " is " + pair.right().content())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(feed).hasSameSizeAs(pairs);
        Waiting waiting = table.waiting();
        Set<String> lefts = new TreeSet<>();
        Set<String> rights = new TreeSet<>();
        for (Expired expired : table.expire(java.time.Instant.MAX, 1_000)) {
            (expired.left() == null ? rights : lefts)
                    .add(String.valueOf(expired.left() == null ? expired.right() : expired.left()));
        }
        assertThat(waiting).isEqualTo(new Waiting(lefts.size(), rights.size()));
        return new Held(pairs, lefts, rights);
    }

    @Test
    void whateverTheOrderAndHowOftenTheStateIsTheSame() {
        Random random = new Random(SEED);
        int tables = 0;
        int joined = 0;
        for (int i = 0; i < permutations(); i++) {
            List<Object> halves = new ArrayList<>(someHalves(random));
            Held expected = expected(halves);
            joined += expected.pairs().size();
            for (int duplicates = random.nextInt(4); duplicates > 0; duplicates--) {
                halves.add(halves.get(random.nextInt(halves.size())));
            }
            Collections.shuffle(halves, random);
            JoinTable table = fresh(tables++);
            submit(halves, table, random);
            assertThat(held(table)).as("permutation %d: %s", i, halves).isEqualTo(expected);
        }
        assertThat(joined).isGreaterThan(permutations());
    }

    /** Up to four left halves and five right ones; what is said of an alias agrees with what is said of its left halves. */
    private static Collection<Object> someHalves(Random random) {
        Set<Object> halves = new HashSet<>();
        for (int i = 0, count = 1 + random.nextInt(4); i < count; i++) {
            String alias = i == 0 ? null : ALIASES.get((i - 1) / 2);
            if (random.nextInt(5) > 0) {
                halves.add(left("p" + i, alias));
            }
            if (random.nextBoolean()) {
                halves.add(byId("p" + i, "of " + alias));
            }
            if (alias != null && random.nextBoolean()) {
                halves.add(byAlias(alias, "of " + alias));
            }
        }
        if (halves.isEmpty()) {
            halves.add(byAlias("c3", "alone"));
        }
        return halves;
    }

    /** By what is in the set, without an order. */
    private static Held expected(Collection<Object> halves) {
        Set<String> pairs = new TreeSet<>();
        Set<String> lefts = new TreeSet<>();
        Set<String> rights = new TreeSet<>();
        List<Left> allLefts = halves.stream()
                .filter(Left.class::isInstance)
                .map(Left.class::cast)
                .toList();
        List<Right> allRights = halves.stream()
                .filter(Right.class::isInstance)
                .map(Right.class::cast)
                .toList();
        for (Left left : allLefts) {
            allRights.stream()
                    .filter(right -> belong(left, right))
                    .findAny()
                    .ifPresentOrElse(
                            right -> pairs.add(left + " is " + right.content()), () -> lefts.add(left.toString()));
        }
        allRights.stream()
                .filter(right -> allLefts.stream().noneMatch(left -> belong(left, right)))
                .forEach(right -> rights.add(right.toString()));
        return new Held(pairs, lefts, rights);
    }

    private static boolean belong(Left left, Right right) {
        return right.id() != null ? right.id().equals(left.id()) : right.alias().equals(left.alias());
    }

    /** In runs of halves of one side, a call each. */
    private static void submit(List<Object> halves, JoinTable table, Random random) {
        int told = 0;
        for (int from = 0; from < halves.size(); ) {
            Class<?> side = halves.get(from).getClass();
            int to = from + 1;
            while (to < halves.size() && side.isInstance(halves.get(to)) && random.nextInt(3) > 0) {
                to++;
            }
            List<Object> run = halves.subList(from, to);
            told += side == Left.class
                    ? table.left(run.stream().map(Left.class::cast).toList()).size()
                    : table.right(run.stream().map(Right.class::cast).toList()).stream()
                            .mapToInt(outcome -> outcome.pairs().size())
                            .sum();
            from = to;
        }
        assertThat(table.joined(0, 1_000)).as("each pair is told once").hasSize(told);
    }

    @Test
    void aNaiveTableAgreesWhateverIsDone() {
        Random random = new Random(SEED);
        for (int run = 0; run < Math.max(10, permutations() / 50); run++) {
            now = NOON;
            JoinTable table = fresh(1_000_000 + run);
            NaiveJoins naive = new NaiveJoins();
            int pruned = 0;
            for (int step = 0; step < 60; step++) {
                now = now.plusSeconds(random.nextInt(3));
                pruned += act(random, table, naive);
                assertThat(table.waiting())
                        .as("run %d, step %d", run, step)
                        .isEqualTo(new Waiting(
                                naive.waitingLefts().size(),
                                naive.waitingRights().size()));
            }
            List<Joined> feed = table.joined(0, 1_000);
            assertThat(feed.stream().map(pair -> NaiveJoins.pair(pair.left(), pair.right())))
                    .containsExactlyInAnyOrderElementsOf(naive.feed.subList(pruned, naive.feed.size()));
            assertThat(feed).allMatch(pair -> !pair.joinedAt().isAfter(now));
            assertThat(expired(table.expire(now.plusSeconds(1), 1_000))).isEqualTo(naive.expire(now.plusSeconds(1)));
        }
    }

    /** One thing of all that can be done, done to both; gives how many pairs were pruned. */
    private int act(Random random, JoinTable table, NaiveJoins naive) {
        switch (random.nextInt(12)) {
            case 0 ->
                assertThat(expired(table.expire(now.minusSeconds(5), 1_000)))
                        .isEqualTo(naive.expire(now.minusSeconds(5)));
            case 1 -> {
                int pruned = table.prune(now.minusSeconds(8));
                assertThat(pruned).isEqualTo(naive.prune(now.minusSeconds(8)));
                return pruned;
            }
            case 2, 3, 4, 5, 6 -> {
                List<Left> lefts = Stream.generate(() -> anyLeft(random))
                        .limit(1 + random.nextInt(3))
                        .toList();
                Set<String> before = naive.pairs();
                lefts.forEach(left -> naive.left(left, now));
                Set<String> told = pairs(table.left(lefts));
                Set<String> expected = naive.pairs();
                expected.removeAll(before);
                assertThat(told).isEqualTo(expected);
            }
            default -> {
                List<Right> rights = Stream.generate(() -> anyRight(random))
                        .limit(1 + random.nextInt(3))
                        .toList();
                List<Verdict> verdicts =
                        rights.stream().map(right -> naive.right(right, now)).toList();
                List<Outcome> outcomes = table.right(rights);
                assertThat(outcomes).extracting(Outcome::verdict).isEqualTo(verdicts);
                assertThat(outcomes)
                        .allMatch(it ->
                                (it.verdict() == Verdict.JOINED) != it.pairs().isEmpty());
            }
        }
        return 0;
    }

    private static Left anyLeft(Random random) {
        int number = random.nextInt(12);
        return left("p" + number, number % 3 == 0 ? null : ALIASES.get(number % 2));
    }

    private static Right anyRight(Random random) {
        String content = random.nextInt(4) == 0 ? "good" : "fraud";
        return random.nextInt(3) == 0
                ? byAlias(ALIASES.get(random.nextInt(3)), content)
                : byId("p" + random.nextInt(14), content);
    }

    private static Set<String> pairs(List<Joined> joined) {
        return joined.stream()
                .map(pair -> NaiveJoins.pair(pair.left(), pair.right()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> expired(List<Expired> expired) {
        return expired.stream()
                .map(one -> String.valueOf(one.left() == null ? one.right() : one.left()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
