package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes in processes of their own: whatever becomes of the one that leads, another takes over, and never do two act at a time.
 * {@code -Daiflow.takeovers=30} makes as many, for docs/active-passive.md.
 */
abstract class TakeoverContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TAKEOVERS = Integer.getInteger("aiflow.takeovers", 1);

    private final List<MemberProcess> members = new ArrayList<>();
    private MemberProcess leader;

    /** A member's arguments; of all members of a test the same. */
    abstract List<String> arguments();

    @AfterEach
    void end() {
        for (MemberProcess member : members) {
            member.close();
        }
    }

    private MemberProcess start() throws IOException {
        MemberProcess member = new MemberProcess(arguments());
        members.add(member);
        await("a member has started").atMost(PATIENCE).until(member::started);
        return member;
    }

    private void startTwo() throws IOException {
        start();
        start();
        leader = next(Long.MIN_VALUE, null);
    }

    /** The member that acts after that time, other than the former leader. */
    private MemberProcess next(long after, MemberProcess former) {
        return await("a member acts")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> members.stream()
                                .filter(member -> member != former && !member.ended() && member.actedAfter(after))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private interface End {
        void of(MemberProcess leader) throws Exception;
    }

    private void takeovers(String how, End end) throws Exception {
        startTwo();
        long[] times = new long[TAKEOVERS];
        for (int i = 0; i < TAKEOVERS; i++) {
            MemberProcess former = leader;
            long start = System.nanoTime();
            end.of(former);
            leader = next(start, former);
            long from = start;
            times[i] = leader.acts().stream()
                            .mapToLong(Long::longValue)
                            .filter(time -> time > from)
                            .min()
                            .orElseThrow()
                    - start;
            if (i + 1 < TAKEOVERS) {
                start();
            }
        }
        assertNeverTwo();
        long[] sorted = LongStream.of(times).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "takeover, %s, %s: n %d, median %.2f s, worst %.2f s%n",
                getClass().getSimpleName(),
                how,
                TAKEOVERS,
                sorted[TAKEOVERS / 2] / 1e9,
                sorted[TAKEOVERS - 1] / 1e9);
    }

    @Test
    void aKilledLeaderIsFollowed() throws Exception {
        takeovers("killed", MemberProcess::kill);
    }

    @Test
    void aLeaderThatStopsIsFollowed() throws Exception {
        takeovers("stopped", MemberProcess::stopInOrder);
    }

    /** Stands still for longer than any takeover takes, then goes on. */
    @Test
    void aLeaderThatStandsStillDoesNotActBesideAnother() throws Exception {
        startTwo();
        MemberProcess former = leader;
        long start = System.nanoTime();
        former.signal("STOP");
        if (followsOneThatStandsStill()) {
            leader = next(start + TimeUnit.MILLISECONDS.toNanos(500), former);
        } else {
            MemberProcess other = members.stream()
                    .filter(member -> member != former)
                    .findFirst()
                    .orElseThrow();
            await().during(Duration.ofSeconds(6)).atMost(PATIENCE).until(() -> !other.actedAfter(start));
        }
        former.signal("CONT");
        long awake = System.nanoTime();
        MemberProcess now = next(awake, null);
        await("it goes on for some time").atMost(PATIENCE).until(() -> now.actedAfter(awake + 2_000_000_000L));
        assertNeverTwo();
    }

    /** Whether another leads while a leader stands still; if not, nobody acts until it goes on or is killed. */
    abstract boolean followsOneThatStandsStill();

    private record Act(long time, MemberProcess member) {}

    /** In the order of time, a member acts, then another, and none comes again but after another has been stopped or killed. */
    private void assertNeverTwo() throws InterruptedException {
        List<Act> acts = new ArrayList<>();
        for (MemberProcess member : members) {
            member.acts().forEach(time -> acts.add(new Act(time, member)));
        }
        acts.sort(Comparator.comparingLong(Act::time));
        List<MemberProcess> order = new ArrayList<>();
        for (Act act : acts) {
            if (order.isEmpty() || order.get(order.size() - 1) != act.member()) {
                order.add(act.member());
            }
        }
        assertThat(acts).isNotEmpty();
        assertThat(order).doesNotHaveDuplicates();
    }
}
