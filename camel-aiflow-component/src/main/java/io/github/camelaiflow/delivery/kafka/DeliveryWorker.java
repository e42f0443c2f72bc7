package io.github.camelaiflow.delivery.kafka;

import io.github.camelaiflow.delivery.BatchProcessor;
import io.github.camelaiflow.delivery.CommitException;
import io.github.camelaiflow.delivery.CommitException.Effect;
import io.github.camelaiflow.delivery.DeliveryObserver;
import io.github.camelaiflow.delivery.Outcome;
import io.github.camelaiflow.delivery.Partition;
import io.github.camelaiflow.delivery.Settlement;
import io.github.camelaiflow.delivery.kafka.ThreadStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's work: takes a batch, has it judged, settles it, and only then takes the next. Nothing is skipped: what fails is taken again,
 * after a while in which the thread stays a member of its group.
 *
 * <p>Used by one thread, but for {@link #stop}, {@link #abandon} and {@link #status}.
 */
public final class DeliveryWorker {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int TRIES_OF_A_CONSUMER = 5;

    private final DeliveryConfig config;
    private final int thread;
    private final KafkaClients clients;
    private final CommitFactory commits;
    private final BatchProcessor processor;
    private final Ticker ticker;
    private final Episode episode;
    private final Pauses pauses;
    private final InHand inHand;
    private final BatchLimit limit;
    private final TopicWatch topics;

    /** Where to go on is to be asked before records are taken. */
    private boolean unsure;

    private int breaks;

    /** {@code null} while there is none. */
    private volatile Connection connection;

    private volatile boolean stopping;
    private volatile boolean abandoned;
    private volatile State state = State.STARTING;
    private volatile Instant lastCommit;

    /**
     * Connects nothing yet.
     *
     * @param thread from 0
     * @param random spreads waits
     */
    public DeliveryWorker(
            DeliveryConfig config,
            int thread,
            KafkaClients clients,
            CommitFactory commits,
            BatchProcessor processor,
            DeliveryObserver observer,
            Ticker ticker,
            RandomGenerator random) {
        this.config = config;
        this.thread = thread;
        this.clients = clients;
        this.commits = commits;
        this.processor = processor;
        this.ticker = ticker;
        this.topics = new TopicWatch(config.topics(), ticker);
        this.limit = new BatchLimit(config.maxPollRecords(), config.maxPollInterval());
        this.inHand = new InHand(observer);
        this.episode = new Episode("Route " + config.route() + ", delivery thread " + thread, observer);
        this.pauses = new Pauses(ticker, config.heartbeatInterval(), random);
    }

    /** Works until it is stopped, then closes. */
    public void run() {
        State end = State.FAILED;
        try {
            while (!stopping) {
                step();
            }
            end = State.STOPPED;
        } finally {
            close();
            state = end;
        }
    }

    /**
     * One poll, judgement and commit; or, while it waits after a failure, one poll that takes nothing. What fails outside is told to the
     * observer and tried again by a later step.
     */
    public void step() {
        try {
            if (!pauses.isOver()) {
                hold();
            } else if (ready()) {
                take();
            }
        } catch (FencedInstanceIdException e) {
            fenced("poll", e);
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    /** Keeps the membership, if there is one, and takes nothing. */
    private void hold() {
        Duration left = pauses.left();
        Duration wait = left.compareTo(POLL) < 0 ? left : POLL;
        if (connection != null && connection.isSubscribed()) {
            connection.hold(wait);
        } else {
            sleep(wait);
        }
    }

    /** Connects if need be, and finds out what is open; false if that can't be done now. */
    private boolean ready() {
        if (connection == null) {
            state = State.STARTING;
            unsure = true;
            connection = Connection.open(thread, clients, commits);
        }
        if (unsure || connection.positions().isOpen()) {
            try {
                decide();
            } catch (Exception e) {
                failed("commit", "it can't be found out where to go on", e, pauses.failed());
                return false;
            }
        }
        connection.subscribe(config.topics());
        connection.positions().resume();
        pauses.end();
        state = State.RUNNING;
        return true;
    }

    private void decide() throws Exception {
        Positions positions = connection.positions();
        List<Outcome> outcomes = inHand.undecided();
        Batch batch = inHand.batch();
        boolean ours = outcomes != null && positions.areOpen(batch.first().keySet());
        Map<Partition, Long> settled = positions.find();
        unsure = false;
        if (ours && batch.isBehind(settled)) {
            settled(batch, outcomes);
        } else {
            inHand.giveBack();
        }
    }

    private void take() {
        ConsumerRecords<byte[], byte[]> polled = connection.poll(POLL);
        breaks = 0;
        if (polled.isEmpty()) {
            idle();
            return;
        }
        // Right after the poll: later the group may have gone on without this member.
        Batch batch = new Batch(polled, limit.records(), connection.group());
        connection.positions().rewind(batch.rest());
        inHand.take(batch);
        long begun = ticker.nanos();
        List<Outcome> outcomes = judged(batch);
        boolean settled = outcomes != null && settle(batch, outcomes);
        limit.took(batch.size(), Duration.ofNanos(ticker.nanos() - begun), settled);
    }

    private void idle() {
        if (!connection.positions().assigned().isEmpty()) {
            if (topics.assigned()) {
                episode.over(ticker.nanos());
                pauses.settled();
            }
            return;
        }
        String missing = connection.missing(topics);
        if (missing != null) {
            failed(
                    "poll",
                    "topic " + missing + " does not exist or may not be read, and the route waits for it",
                    new UnknownTopicOrPartitionException("no partitions of topic " + missing + " are known"),
                    pauses.failed());
        }
    }

    /** {@code null} if nothing can be said now. */
    private List<Outcome> judged(Batch batch) {
        try {
            return batch.checked(processor.process(batch.records()));
        } catch (Exception | Error e) {
            again(batch);
            failed("process", "a batch could not be judged", e, pauses.unjudged());
            return null;
        }
    }

    private void again(Batch batch) {
        inHand.giveBack();
        connection.positions().rewind(batch.first());
    }

    /** Whether it is settled, as far as is known. */
    private boolean settle(Batch batch, List<Outcome> judged) {
        List<Outcome> outcomes = judged;
        while (outcomes != null && !abandoned) {
            CommitException failure = tried(batch.settlement(outcomes));
            if (failure == null) {
                settled(batch, outcomes);
                return true;
            }
            outcomes = unsettled(batch, outcomes, failure);
        }
        if (abandoned) {
            inHand.giveBack();
        }
        return false;
    }

    /** {@code null} if it is settled. */
    private CommitException tried(Settlement settlement) {
        try {
            connection.commit().settle(settlement);
            return null;
        } catch (CommitException e) {
            return e;
        } catch (RuntimeException | Error e) {
            return CommitException.unknown("a commit failed by a fault of its own", e);
        }
    }

    private void settled(Batch batch, List<Outcome> outcomes) {
        lastCommit = ticker.now();
        inHand.settled(outcomes, lastCommit);
        episode.over(ticker.nanos());
        pauses.settled();
        connection.show(batch);
    }

    /** What to settle instead; {@code null} if the records are to be taken again. */
    private List<Outcome> unsettled(Batch batch, List<Outcome> outcomes, CommitException failure) {
        if (failure.effect() == Effect.REFUSED) {
            List<Outcome> instead = batch.withDeadLetters(outcomes, failure.refused(), config.route());
            if (instead != null) {
                episode.refused(failure);
                return instead;
            }
        }
        switch (failure.effect()) {
            case FENCED -> {
                fenced("commit", failure);
                return null;
            }
            case UNKNOWN -> {
                inHand.undecided(outcomes);
                limit.uncommitted(batch.size());
                unsure = true;
                connection.positions().lose(batch.first());
            }
            case MOVED -> {
                inHand.giveBack();
                unsure = true;
                connection.positions().lose(batch.first());
            }
            default -> {
                limit.uncommitted(batch.size());
                again(batch);
            }
        }
        failed("commit", whatToDo(failure), failure, pauses.uncommitted(failure));
        return null;
    }

    private String whatToDo(CommitException failure) {
        return failure.effect() == Effect.REFUSED
                ? "a dead letter is not taken by topic " + config.deadTopic()
                        + ", and all records behind it wait: raise the topic's max.message.bytes and this route's max.request.size"
                : "a batch could not be committed";
    }

    private void fenced(String stage, Exception failure) {
        disconnect();
        failed(
                stage,
                "another member of group " + config.groupId() + " goes by the name of this one, "
                        + config.memberName(thread) + ": give each running instance a name of its own (instance=)",
                failure,
                pauses.fenced());
    }

    /** Wherever it broke, records may have been taken and not settled: where to go on is asked. */
    private void broken(Throwable failure) {
        inHand.giveBack();
        unsure = true;
        breaks++;
        try {
            if (breaks % TRIES_OF_A_CONSUMER == 0) {
                disconnect();
            } else if (connection != null) {
                connection.positions().loseAll();
            }
        } catch (RuntimeException e) {
            disconnect();
        }
        Duration wait = pauses.failed();
        failed("poll", "records can't be taken", failure, wait);
        // A poll that fails at once does not wait by itself; a second is far below any poll interval.
        sleep(wait);
    }

    private void failed(String stage, String message, Throwable failure, Duration wait) {
        episode.failed(stage, message, failure, ticker.nanos());
        pauses.begin(wait);
        state = State.HOLDING;
    }

    private void sleep(Duration wait) {
        try {
            ticker.sleep(wait);
        } catch (InterruptedException e) {
            LOG.debug("{} was woken", Thread.currentThread().getName());
        }
    }

    /** Finishes the batch in hand, if the thread has one, and takes no more. */
    public void stop() {
        stopping = true;
    }

    /** Commits nothing more that is not being committed now. */
    public void abandon() {
        abandoned = true;
        stopping = true;
    }

    /** Closes what is open: by whoever steps, or by {@link #run} itself. */
    public void close() {
        disconnect();
        state = State.STOPPED;
    }

    private void disconnect() {
        inHand.giveBack();
        Connection closing = connection;
        connection = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** How it stands; may be asked by any thread. */
    public ThreadStatus status() {
        Connection now = connection;
        SortedSet<Partition> assigned =
                now == null ? Offsets.of(List.of()) : now.positions().assigned();
        return new ThreadStatus(thread, state, assigned, lastCommit, episode.failures(), episode.lastFailure());
    }
}
