package io.github.camelaiflow.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.Repetitions;
import io.github.camelaiflow.rollout.RolloutDecision.Action;
import io.github.camelaiflow.rollout.RolloutDecision.Stage;
import io.github.camelaiflow.rollout.evidence.Judgement.Status;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Two or three nodes over one store, at random: records, ticks, decisions by hand, verdicts, outages, writings that break after they
 * were done, kills, restarts and set clocks; between any two calls of one node to the store another may come in. Each seed is one history.
 */
class RolloutInterleavingTest {

    private static final int HISTORIES = Repetitions.of(10_000);
    private static final int EVENTS = 80;
    private static final Duration STEP = Duration.ofMinutes(3);
    private static final RolloutPlan PLAN = new RolloutPlan(
            "claims",
            "identity-1",
            "claims",
            "v1",
            Map.of(),
            new RolloutPlan.Canary("v2", List.of(0.1, 0.5), STEP, 5, Duration.ofMinutes(12), true),
            List.of(),
            0,
            Trials.ERRORS,
            0.05);
    private static final Map<Stage, Set<Action>> LEGAL = new EnumMap<>(Map.of(
            Stage.RUNNING, Set.of(Action.ADVANCE, Action.PROMOTE, Action.ROLL_BACK, Action.PAUSE, Action.HOLD),
            Stage.PAUSED, Set.of(Action.PROMOTE, Action.ROLL_BACK, Action.RESUME),
            Stage.HELD, Set.of(Action.PROMOTE, Action.ROLL_BACK, Action.RESUME),
            Stage.PROMOTED, Set.of(Action.ROLL_BACK),
            Stage.ROLLED_BACK, Set.of()));

    @Test
    void whateverHappensNodesAgreeAndNothingIsLostOrDoubled() {
        Map<Stage, Integer> ends = new EnumMap<>(Stage.class);
        int decisions = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = new History(seed);
            history.run();
            history.check();
            ends.merge(history.members.get(0).node.stage(), 1, Integer::sum);
            decisions += history.trials.log().size();
        }
        // The histories are worth something only if they get about.
        assertThat(ends.keySet()).containsExactlyInAnyOrder(Stage.values());
        assertThat(decisions).isGreaterThan(3 * HISTORIES);
    }

    private static final class History {

        final int seed;
        final Random random;
        final Trials trials = new Trials();
        final List<Member> members = new ArrayList<>();
        private Duration passed = Duration.ZERO;
        private int jumps;
        private int depth;
        private int names;
        private long revision;
        private final List<Duration> advances = new ArrayList<>();
        private final Map<String, Long> counted = new java.util.HashMap<>();
        private final Set<String> seen = new HashSet<>();
        private final Set<String> made = new HashSet<>();

        /** A node, and what a test may know of it. */
        final class Member {
            final String name;
            Trials.Node node;
            long told;
            long shared;

            Member(String name) {
                this.name = name;
                start();
            }

            void start() {
                FlakyStore way = new FlakyStore(trials.store);
                way.away = random.nextInt(10) == 0;
                way.breaksAfter = () -> random.nextInt(60) == 0;
                way.before = () -> comeIn(this);
                node = trials.node(name, PLAN, way, Duration.ofHours(random.nextInt(2000) - 1000));
            }

            void answer() {
                for (int i = random.nextInt(30); i > 0; i--) {
                    Assignment assignment = node.rollout.assign(null);
                    Stage stage = node.stage();
                    boolean counts = assignment.step() >= 0
                            && (stage == Stage.RUNNING || stage == Stage.PAUSED || stage == Stage.HELD);
                    node.rollout.answered(assignment, null, Trials.GOOD);
                    told += counts ? 1 : 0;
                }
            }

            void tick() {
                long before = told;
                node.rollout.tick();
                if (node.rollout.status().unwritten() == 0 && !node.way.away) {
                    shared = Math.max(shared, before);
                }
                learnAdvances();
            }

            void decide() {
                Action[] byHand = {Action.PAUSE, Action.RESUME, Action.RESUME, Action.PROMOTE, Action.ROLL_BACK};
                int which = random.nextInt(40);
                try {
                    made.add(node.rollout
                            .decide(byHand[which < 4 ? which : which % 3], "ann", "")
                            .id());
                } catch (RolloutException | StoreException e) {
                    // Refused: what matters is what the store says in the end.
                }
                learnAdvances();
            }

            /** Killed: what the store has not got is gone. */
            void kill() {
                long kept = written(name);
                assertThat(kept).as("seed %s, node %s", seed, name).isBetween(shared, told);
                told = kept;
                shared = kept;
                if (random.nextInt(3) > 0) {
                    start();
                } else {
                    members.remove(this);
                    counted.put(name, kept);
                    members.add(new Member("node-" + names++));
                }
            }
        }

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int nodes = 2 + random.nextInt(2); nodes > 0; nodes--) {
                members.add(new Member("node-" + names++));
            }
        }

        void run() {
            for (int i = 0; i < EVENTS; i++) {
                event(members.get(random.nextInt(members.size())));
            }
            verdict(Status.UNDECIDED);
            members.forEach(member -> {
                member.node.way.away = false;
                member.node.way.breaksAfter = () -> false;
                member.node.way.before = () -> {};
            });
            for (int i = 0; i < 3; i++) {
                List.copyOf(members).forEach(Member::tick);
            }
        }

        private void event(Member member) {
            int what = random.nextInt(100);
            if (what < 25) {
                member.answer();
            } else if (what < 70) {
                pass();
                member.tick();
            } else if (what < 78) {
                member.decide();
            } else if (what < 84) {
                member.node.way.away = !member.node.way.away;
            } else if (what < 88) {
                member.kill();
            } else if (what < 91) {
                trials.now = trials.now.plus(Duration.ofHours(random.nextInt(2000) - 1000));
                jumps++;
            } else if (what < 96) {
                verdict(random.nextInt(3) == 0 ? Status.NOT_WORSE : Status.UNDECIDED);
            } else if (what < 97) {
                verdict(Status.WORSE);
            } else {
                member.node.rollout.drifting(random.nextInt(4) == 0);
            }
        }

        private void verdict(Status verdict) {
            trials.verdict = verdict;
        }

        private void pass() {
            Duration time = Duration.ofSeconds(random.nextInt(120));
            trials.now = trials.now.plus(time);
            passed = passed.plus(time);
        }

        /** Another node in the midst of this one's work. */
        private void comeIn(Member self) {
            if (depth < 2 && random.nextInt(12) == 0) {
                Member other = members.isEmpty() ? self : members.get(random.nextInt(members.size()));
                if (other != self && !busy.contains(other)) {
                    depth++;
                    busy.add(self);
                    if (random.nextInt(4) == 0) {
                        other.decide();
                    } else {
                        other.tick();
                    }
                    busy.remove(self);
                    depth--;
                }
            }
        }

        private final Set<Member> busy = new HashSet<>();

        private void learnAdvances() {
            long now = trials.store
                    .get(new Places("claims", "identity-1").trial(), Places.STATE)
                    .map(Store.Document::revision)
                    .orElse(0L);
            if (now == revision) {
                return;
            }
            revision = now;
            for (RolloutDecision decision : trials.log()) {
                if (seen.add(decision.id()) && decision.action() == Action.ADVANCE) {
                    // A clock that is set costs a minute each at most.
                    advances.add(passed.plus(Duration.ofMinutes(jumps)));
                }
            }
        }

        private long written(String name) {
            Places places = new Places("claims", "identity-1");
            return trials.store
                    .get(places.trial(), places.evidence(name))
                    .map(document -> count(document.content()))
                    .orElse(0L);
        }

        private static long count(String content) {
            long[] records = {0};
            DecisionJson.parse(content)
                    .get("versions")
                    .get("v2")
                    .get("ratio")
                    .forEach(cell ->
                            records[0] += cell.get(1).asLong() + cell.get(2).asLong());
            return records[0];
        }

        void check() {
            nodesAgree();
            decisionsFollowEachOther();
            evidenceIsWhole();
            nothingIsToldTwiceOrMissed();
            stepsTookTheirTime();
        }

        private void nodesAgree() {
            RolloutStatus first = members.get(0).node.rollout.status();
            for (Member member : members) {
                RolloutStatus status = member.node.rollout.status();
                assertThat(status.stage())
                        .as("seed %s", seed)
                        .isEqualTo(first.stage())
                        .isNotNull();
                assertThat(status.step()).as("seed %s", seed).isEqualTo(first.step());
                assertThat(status.serve()).as("seed %s", seed).isEqualTo(first.serve());
                assertThat(status.unwritten()).as("seed %s", seed).isZero();
                assertThat(status.lost()).as("seed %s", seed).isZero();
            }
        }

        private void decisionsFollowEachOther() {
            List<RolloutDecision> numbered = numbered();
            TrialState last = state();
            assertThat(numbered).as("seed %s: one decision a number", seed).hasSize((int) last.number());
            assertThat(numbered.get(0).action()).isEqualTo(Action.START);
            assertThat(numbered)
                    .as("seed %s", seed)
                    .extracting(RolloutDecision::id)
                    .containsAll(made);
            for (int i = 1; i < numbered.size(); i++) {
                assertThat(LEGAL.get(numbered.get(i - 1).stage()))
                        .as("seed %s, decision %s", seed, i + 1)
                        .contains(numbered.get(i).action());
            }
            assertThat(last.decision()).isEqualTo(numbered.get(numbered.size() - 1));
            assertThat(members.get(0).node.stage()).isEqualTo(last.stage());
        }

        private List<RolloutDecision> numbered() {
            return store().numbered("identity-1", 1, Long.MAX_VALUE);
        }

        private TrialState state() {
            return store().read().orElseThrow().state();
        }

        private TrialStore store() {
            return new TrialStore(trials.store, new Places("claims", "identity-1"), 2);
        }

        private void evidenceIsWhole() {
            long told = counted.values().stream().mapToLong(Long::longValue).sum()
                    + members.stream().mapToLong(member -> member.told).sum();
            for (Member member : members) {
                assertThat(member.node.records())
                        .as("seed %s, %s", seed, member.name)
                        .isEqualTo(told);
            }
        }

        private void nothingIsToldTwiceOrMissed() {
            List<String> numbered = numbered().stream().map(RolloutDecision::id).toList();
            for (Member member : members) {
                List<String> told =
                        member.node.told.stream().map(RolloutDecision::id).toList();
                assertThat(told).as("seed %s, %s", seed, member.name).doesNotHaveDuplicates();
                List<String> common = told.stream().filter(numbered::contains).toList();
                assertThat(common)
                        .as("seed %s, %s: all since it began", seed, member.name)
                        .containsExactlyInAnyOrderElementsOf(
                                numbered.subList(numbered.size() - common.size(), numbered.size()));
            }
        }

        private void stepsTookTheirTime() {
            for (int i = 0; i < advances.size(); i++) {
                Duration before = i == 0 ? Duration.ZERO : advances.get(i - 1);
                assertThat(advances.get(i).minus(before)).as("seed %s", seed).isGreaterThanOrEqualTo(STEP);
            }
        }
    }
}
