package io.github.camelaiflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelaiflow.store.MemoryStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of members over one store one leads at a time, whatever becomes of them, their clocks and their way to the store. */
class LeaseTest {

    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final int HISTORIES = 300;

    private final Store store = new MemoryStore(() -> Instant.EPOCH);
    private long now = -5_000_000_000L;

    private Lease lease(String member) {
        return new Lease(store, "claims", member, LENGTH, () -> now);
    }

    private void pass(double seconds) {
        now += (long) (seconds * 1e9);
    }

    @Test
    void theFirstLeadsAndTheOtherWatches() {
        Lease a = lease("a");
        Lease b = lease("b");
        a.step();
        b.step();
        assertThat(a.held()).isTrue();
        assertThat(b.held()).isFalse();
        assertThat(b.holder()).contains("a");
        assertThat(a.term()).isOne();
        assertThat(b.term()).isZero();
    }

    @Test
    void oneThatRenewsLeadsOn() {
        Lease a = lease("a");
        Lease b = lease("b");
        for (int i = 0; i < 100; i++) {
            a.step();
            b.step();
            pass(1);
            assertThat(a.held()).isTrue();
            assertThat(b.held()).isFalse();
        }
        assertThat(a.term()).isOne();
    }

    @Test
    void oneThatDiesIsFollowedAfterItsTimeAndATenth() {
        Lease a = lease("a");
        Lease b = lease("b");
        a.step();
        b.step();
        pass(4.3);
        b.step();
        assertThat(b.held()).isFalse();
        pass(0.2);
        b.step();
        assertThat(b.held()).isTrue();
        assertThat(b.term()).isEqualTo(2);
    }

    @Test
    void oneThatGivesBackIsFollowedAtOnceAndTakesNothingAgain() {
        Lease a = lease("a");
        Lease b = lease("b");
        a.step();
        b.step();
        a.release();
        assertThat(a.held()).isFalse();
        a.step();
        b.step();
        assertThat(b.held()).isTrue();
        assertThat(b.term()).isEqualTo(2);
    }

    @Test
    void oneThatStoodStillLeadsNoMoreAndItsWritingsAreRefused() {
        Lease a = lease("a");
        Lease b = lease("b");
        a.step();
        b.step();
        pass(5);
        assertThat(a.held()).as("its time is over, whatever it did meanwhile").isFalse();
        b.step();
        a.step();
        assertThat(b.held()).isTrue();
        assertThat(a.held()).isFalse();
        assertThat(a.holder()).contains("b");
    }

    @Test
    void whoCannotReachTheStoreLeadsUntilItsTimeIsOver() {
        Way way = new Way();
        Lease a = new Lease(way.store(), "claims", "a", LENGTH, () -> now);
        a.step();
        way.away = true;
        pass(3);
        assertThat(catchThrowable(a::step)).isInstanceOf(StoreException.class);
        assertThat(a.held()).isTrue();
        pass(1);
        assertThat(catchThrowable(a::step)).isInstanceOf(StoreException.class);
        assertThat(a.held()).isFalse();
        way.away = false;
        a.step();
        assertThat(a.held()).as("nobody took over").isTrue();
        assertThat(a.term()).isOne();
    }

    @Test
    void aLostAnswerCostsNothing() {
        Way way = new Way();
        Lease a = new Lease(way.store(), "claims", "a", LENGTH, () -> now);
        way.answersLost = true;
        assertThat(catchThrowable(a::step)).isInstanceOf(StoreException.class);
        assertThat(a.held()).as("it cannot know").isFalse();
        way.answersLost = false;
        a.step();
        assertThat(a.held()).isTrue();
        way.answersLost = true;
        assertThat(catchThrowable(a::step)).isInstanceOf(StoreException.class);
        way.answersLost = false;
        a.step();
        assertThat(a.held()).isTrue();
        assertThat(a.term()).isOne();
    }

    @Test
    void aDocumentThatCannotBeReadIsTaken() {
        store.write("cluster", "claims", "scribble");
        Lease a = lease("a");
        a.step();
        assertThat(a.held()).isTrue();
    }

    /** Members with clocks of their own, up to 4 % fast or slow, that stand still, die, come again, and lose their way to the store. */
    @Test
    void neverDoTwoLeadAtATime() {
        int takeovers = 0;
        int leaderless = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Node> nodes = new ArrayList<>();
            Store shared = new MemoryStore(() -> Instant.EPOCH);
            for (int i = 0; i < 3; i++) {
                nodes.add(new Node(shared, random, "n" + i));
            }
            double time = 0;
            long term = 0;
            while (time < 120) {
                time += random.nextDouble() * 0.4;
                Node node = nodes.get(random.nextInt(nodes.size()));
                node.live(time, random);
                double at = time;
                List<Node> leaders =
                        nodes.stream().filter(each -> each.leads(at)).toList();
                assertThat(leaders).as("seed %d at %.3f s", seed, time).hasSizeLessThan(2);
                leaderless += leaders.isEmpty() ? 1 : 0;
                for (Node leader : leaders) {
                    long next = leader.lease.term();
                    assertThat(next).as("seed %d at %.3f s", seed, time).isGreaterThanOrEqualTo(term);
                    takeovers += next > term && term > 0 ? 1 : 0;
                    term = next;
                }
            }
        }
        assertThat(takeovers).isGreaterThan(3 * HISTORIES);
        assertThat(leaderless).isPositive();
    }

    private static final class Node {

        private final Store shared;
        private final String name;
        private final double rate;
        private final double offset;
        private final Way way;
        private double time;
        private double asleepUntil;
        private int lives;
        private Lease lease;

        Node(Store shared, Random random, String name) {
            this.shared = shared;
            this.name = name;
            this.rate = 0.96 + 0.08 * random.nextDouble();
            this.offset = 1e6 * (random.nextDouble() - 0.5);
            this.way = new Way(shared);
            begin();
        }

        private void begin() {
            lease = new Lease(way.store(), "claims", name + "-" + lives++, LENGTH, this::nanos);
        }

        private long nanos() {
            return (long) ((offset + time * rate) * 1e9);
        }

        void live(double at, Random random) {
            if (at < asleepUntil) {
                return;
            }
            time = at;
            double fate = random.nextDouble();
            if (fate < 0.01) {
                asleepUntil = at + 12 * random.nextDouble();
            } else if (fate < 0.02) {
                begin();
            } else if (fate < 0.06) {
                way.away = !way.away;
            } else {
                way.answersLost = fate < 0.16;
                try {
                    use(fate > 0.99);
                } catch (StoreException away) {
                    // tried again, or ends with its time
                }
                way.answersLost = false;
            }
        }

        private void use(boolean last) {
            if (last) {
                Lease old = lease;
                begin();
                old.release();
            } else {
                lease.step();
            }
        }

        /** One that stands still does nothing, but what it would do as soon as it goes on counts. */
        boolean leads(double at) {
            time = at;
            return lease.held();
        }
    }

    /** A way to a store that can be blocked, or lose answers to what was done. */
    private static final class Way {

        private final Store behind;
        boolean away;
        boolean answersLost;

        Way() {
            this(new MemoryStore(() -> Instant.EPOCH));
        }

        Way(Store behind) {
            this.behind = behind;
        }

        Store store() {
            return (Store) Proxy.newProxyInstance(
                    Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                        if (away) {
                            throw new StoreException("away", null);
                        }
                        try {
                            Object answer = method.invoke(behind, arguments);
                            if (answersLost && method.getName().equals("replace")) {
                                throw new StoreException("the answer was lost", null);
                            }
                            return answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
