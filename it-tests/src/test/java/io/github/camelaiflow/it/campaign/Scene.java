package io.github.camelaiflow.it.campaign;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.github.camelaiflow.it.campaign.Feed.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A broker, one or several instances of the app, and records that run through while one fault after the other comes. */
final class Scene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration WITHOUT_PROMISE = Duration.ofSeconds(25);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final int COPIES_TAKE = 1_000;
    private static final int AFTERWARDS = 40;
    private static final int LABELS_TAKE = 2_000;

    private final Setup setup;
    private final int number;
    private final Path folder;
    private final BrokerProcess broker;
    private final InstantSource clock;
    private final List<App> apps = new ArrayList<>();
    private final List<Entry> sent = new ArrayList<>();
    private Topics topics;
    private Watcher watcher;
    private Account account = Account.NOTHING;
    private CompletableFuture<Void> rest;
    private List<Entry> tail = List.of();
    private int guests;
    private ModelStub stub;
    private Definition definition;
    private FlowStore store;
    private LabelFeed labels;
    private final Map<Integer, String> twinsQuality = new HashMap<>();
    private final Map<String, String> twinsTruth = new HashMap<>();

    /** @param number of the scene within the campaign */
    Scene(Setup setup, int number, Path folder, BrokerProcess broker, InstantSource clock) {
        this.setup = setup;
        this.number = number;
        this.folder = folder;
        this.broker = broker;
        this.clock = clock;
    }

    /** Lets the faults come, one after the other, and tells of each when all that it met has been settled, or will not be. */
    void play(List<Fault> faults, Consumer<FaultLine> told) {
        stub = new ModelStub();
        Path own = folder.resolve(setup.name(number));
        store = FlowStore.start(setup.store(), own.resolve("store"));
        definition = define(own.resolve("aiflow"), FlowStore.Part.RUN);
        Feed feed = new Feed(setup.seed(), Topics.PARTITIONS);
        List<List<Entry>> slices = faults.stream()
                .map(fault -> feed.next(setup.records(), setup.mode().takes(fault.feed())))
                .toList();
        topics = new Topics(setup.name(number), broker.servers());
        watcher = watcher(topics, FlowStore.Part.RUN);
        boolean labelled = faults.stream().anyMatch(Fault::isOfLabels);
        if (labelled) {
            labels = new LabelFeed(store, FlowStore.Part.RUN, topics);
        }
        for (int i = 0; i < setup.instances(); i++) {
            apps.add(app(topics, "app" + i, definition, labelled));
        }
        // what is plain may get in the way of its twin: Camel names transactional ids after routes alone
        CompletableFuture<Void> started = setup.mode().isOurs() ? start() : CompletableFuture.completedFuture(null);
        Map<String, Set<String>> twin;
        try {
            twin = twin(faults, slices, define(own.resolve("aiflow-twin"), FlowStore.Part.TWIN), labelled);
        } finally {
            started.join();
        }
        if (!setup.mode().isOurs()) {
            start().join();
        }
        for (int i = 0; i < faults.size(); i++) {
            told.accept(round(faults.get(i), slices.get(i), twin, i));
        }
    }

    private CompletableFuture<Void> start() {
        return CompletableFuture.allOf(
                apps.stream().map(app -> CompletableFuture.runAsync(app::start)).toArray(CompletableFuture[]::new));
    }

    private Definition define(Path own, FlowStore.Part part) {
        return Definition.write(own, setup.model(), stub.endpoint(), store == null ? null : store.section(part));
    }

    /** The same records, and labels, without faults. */
    private Map<String, Set<String>> twin(
            List<Fault> faults, List<List<Entry>> slices, Definition own, boolean labelled) {
        try (Topics calm = new Topics(setup.name(number) + "-twin", broker.servers());
                Watcher seen = watcher(calm, FlowStore.Part.TWIN);
                App app = app(calm, "twin", own, labelled)) {
            LabelFeed feed = labelled ? new LabelFeed(store, FlowStore.Part.TWIN, calm) : null;
            app.start();
            List<Entry> all = new ArrayList<>();
            for (int i = 0; i < faults.size(); i++) {
                List<Entry> slice = slices.get(i);
                if (faults.get(i).isOfLabels()) {
                    Labels said = feed.about(slice, all, setup.seed() + i);
                    feed.send(said.early(), 0);
                    calm.send(slice);
                    all.addAll(slice);
                    awaitTwin(seen, all);
                    feed.send(said.late(), 0);
                    Set<String> keys = decided(said, seen.seen());
                    if (!feed.awaitJoined(keys)) {
                        throw new IllegalStateException("Without faults not all labels were joined: " + setup);
                    }
                    twinsTruth.putAll(feed.joined());
                    twinsQuality.put(i, feed.quality(List.of(app)));
                } else {
                    calm.send(slice);
                    all.addAll(slice);
                }
            }
            awaitTwin(seen, all);
            return Account.answers(seen.seen());
        }
    }

    private void awaitTwin(Watcher seen, List<Entry> all) {
        if (!seen.await(outcomes -> Account.isComplete(all, outcomes), PATIENCE)) {
            throw new IllegalStateException(
                    "Without faults only " + seen.count() + " of " + all.size() + " came out: " + setup);
        }
    }

    /** Those about which something is both predicted and said. */
    private static Set<String> decided(Labels said, List<Outcome> seen) {
        return seen.stream()
                .filter(outcome -> outcome.decided() && said.keys().contains(outcome.key()))
                .map(Outcome::key)
                .collect(toSet());
    }

    private Watcher watcher(Topics of, FlowStore.Part part) {
        return setup.mode() == Mode.DATABASE ? new RowWatcher(store, part, of.in()) : new TopicWatcher(of);
    }

    private App app(Topics of, String instance, Definition from, boolean labelled) {
        String name = setup.name(number) + "-" + instance;
        Map<String, String> properties = setup.mode().properties(of, broker.serversOfApps(), name, setup.threads());
        properties.put("camel.component.aiflow.definitions", from.location());
        properties.put("camel.component.aiflow.definitions-reload", "true");
        properties.put(
                "campaign.repository", folder.resolve(of.in() + ".idempotent").toString());
        if (instance.equals("twin")) {
            properties.put("campaign.patience", "30000");
        }
        if (labelled) {
            properties.put(AppMain.LABELS, Mode.readingLabels(of, name));
        }
        return new App(name, folder, properties);
    }

    private FaultLine round(Fault fault, List<Entry> slice, Map<String, Set<String>> twin, int place) {
        Random random = new Random(setup.seed() * 1_000 + place);
        if (fault.isOfLabels()) {
            return labelRound(fault, slice, twin, place, random);
        }
        int cut = fault == Fault.DEAD_TOPIC_DOWN ? 0 : slice.size() / 2;
        int end = fault.isOutlived() ? Math.max(cut, slice.size() - AFTERWARDS) : slice.size();
        String at = clock.instant().toString();
        long begin = System.nanoTime();
        if (fault == Fault.DEAD_TOPIC_DOWN) {
            watcher.deadLettersAreGone(true);
            topics.deleteDead();
        } else {
            send(slice.subList(0, cut));
            int goal = watcher.count() + 1 + random.nextInt(cut / 2);
            watcher.await(outcomes -> outcomes.size() >= goal, WITHOUT_PROMISE);
        }
        int trickle = fault.trickle(random);
        rest = CompletableFuture.runAsync(() -> send(slice.subList(cut, end), trickle));
        tail = slice.subList(end, slice.size());
        Child.pause(random.nextInt(40));
        Injected injected = fault.inject(this, random);
        if (injected.t0() == 0) {
            injected = new Injected(begin, 0, injected.healed(), 0, injected.note());
        }
        sendTail();
        awaitSettled();
        return account(fault, slice, twin, injected, at);
    }

    /** Sends what is to come after the fault, once all before it is sent; does nothing if it is sent. */
    void sendTail() {
        rest.join();
        List<Entry> now = tail;
        tail = List.of();
        send(now);
    }

    /** All is decided, and kept for its labels, before the fault comes, and labels come in its midst: some came before their records. */
    private FaultLine labelRound(
            Fault fault, List<Entry> slice, Map<String, Set<String>> twin, int place, Random random) {
        String at = clock.instant().toString();
        Labels said = labels.about(slice, List.copyOf(sent), setup.seed() + place);
        labels.send(said.early(), 0);
        send(slice);
        awaitSettled();
        Set<String> keys = decided(said, watcher.seen());
        boolean tracked = labels.awaitTracked(keys);
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> labels.send(said.late(), LABELS_TAKE));
        Child.pause(random.nextInt(LABELS_TAKE));
        Injected injected = fault.inject(this, random);
        late.join();
        labels.awaitJoined(keys);
        Map<String, String> joined = labels.joined();
        long others = keys.stream()
                .filter(key -> !twinsTruth.getOrDefault(key, "").equals(joined.get(key)))
                .count();
        String quality = labels.quality(apps);
        boolean same = quality.equals(twinsQuality.get(place));
        if (!same) {
            System.out.println("Quality without faults: " + twinsQuality.get(place) + "\nand with them: " + quality);
        }
        int sentLabels = said.early().size() + said.late().size();
        FaultLine line = account(
                fault,
                slice,
                twin,
                injected.noting("%d labels, %d joined, quality %s%s"
                        .formatted(
                                sentLabels,
                                keys.stream().filter(joined::containsKey).count(),
                                same ? "as the twin's" : "not the twin's",
                                tracked ? "" : ", not all predictions were kept")),
                at);
        return line.differingBy((int) others + (same ? 0 : 1));
    }

    private void send(List<Entry> entries) {
        synchronized (sent) {
            sent.addAll(entries);
        }
        topics.send(entries);
    }

    private void send(List<Entry> entries, int millis) {
        int pieces = millis == 0 ? 1 : 20;
        int size = (entries.size() + pieces - 1) / pieces;
        for (int at = 0; at < entries.size(); at += size) {
            send(entries.subList(at, Math.min(entries.size(), at + size)));
            Child.pause(millis / pieces);
        }
    }

    private FaultLine account(
            Fault fault, List<Entry> slice, Map<String, Set<String>> twin, Injected injected, String at) {
        watcher.catchUp();
        List<Outcome> seen = watcher.seen();
        Account now = Account.of(sent, seen, twin);
        Account here = now.since(account);
        account = now;
        int pending = here.missing() <= 0 ? 0 : (int) Math.min(here.missing(), topics.uncommitted());
        List<Entry> after =
                fault == Fault.TAKEOVER ? slice.subList(Math.max(0, slice.size() - AFTERWARDS), slice.size()) : slice;
        Recovery recovery = Recovery.of(after, seen, injected);
        return new FaultLine(
                setup.seed(),
                number,
                fault.text(),
                setup.mode().text(),
                setup.instances(),
                at,
                detected(injected),
                recovery.allMs(),
                recovery.firstMs(),
                recovery.readyMs(),
                here.in(),
                here.decisions(),
                here.deadLetters(),
                pending,
                here.missing() - pending,
                here.doubled(),
                here.doubledAfterSink(),
                here.phantom(),
                setup.model() == Setup.Model.SERVER ? -1 : here.different(), // a breaker may be open from before
                here.disordered(),
                note(injected, slice, seen));
    }

    /** With who answered, where it was not the same all the time. */
    private static String note(Injected injected, List<Entry> slice, List<Outcome> seen) {
        Set<String> keys = slice.stream().map(Entry::key).collect(toSet());
        Map<String, Long> by = seen.stream()
                .filter(outcome -> outcome.decided() && keys.contains(outcome.key()))
                .collect(groupingBy(Outcome::by, TreeMap::new, counting()));
        return by.size() > 1 ? (injected.note() + " " + by).strip() : injected.note();
    }

    private long detected(Injected injected) {
        if (injected.detected() != 0) {
            return Recovery.millis(injected.detected() - injected.t0());
        }
        return apps.stream()
                .flatMap(app -> app.noticed(injected.t0()).stream().boxed())
                .mapToLong(time -> Recovery.millis(time - injected.t0()))
                .min()
                .orElse(-1);
    }

    /** Waits until every record that was sent has its outcome, and no copies come; without a promise, until nothing more is to be hoped for. */
    void awaitSettled() {
        List<Entry> all;
        synchronized (sent) {
            all = List.copyOf(sent);
        }
        if (setup.mode().isOurs()) {
            watcher.await(outcomes -> Account.isComplete(all, outcomes), PATIENCE);
            awaitCopies();
            return;
        }
        long deadline = System.nanoTime() + WITHOUT_PROMISE.toNanos();
        int count = -1;
        while (System.nanoTime() < deadline && !Account.isComplete(all, watcher.seen())) {
            if (watcher.count() == count && topics.uncommitted() == 0) {
                return;
            }
            if (watcher.count() != count) {
                count = watcher.count();
                deadline = System.nanoTime() + WITHOUT_PROMISE.toNanos();
            }
            Child.pause(QUIET.toMillis());
        }
    }

    /** What is not committed may come again: that is this fault's doing, not the next one's. */
    private void awaitCopies() {
        long deadline = System.nanoTime() + WITHOUT_PROMISE.toNanos();
        int count = -1;
        while (System.nanoTime() < deadline) {
            if (watcher.count() == count && (!setup.mode().commitsToBroker() || topics.uncommitted() == 0)) {
                return;
            }
            count = watcher.count();
            Child.pause(COPIES_TAKE);
        }
    }

    BrokerProcess broker() {
        return broker;
    }

    App any(Random random) {
        return apps.get(random.nextInt(apps.size()));
    }

    /** An instance that has partitions. */
    App atWork(Random random) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Set<String> members = topics.membersAtWork();
            List<App> atWork = apps.stream()
                    .filter(app -> members.stream().anyMatch(member -> member.startsWith(app.name())))
                    .toList();
            if (!atWork.isEmpty()) {
                return atWork.get(random.nextInt(atWork.size()));
            }
            Child.pause(100);
        }
        throw new IllegalStateException("No instance has partitions: " + setup);
    }

    /** An instance more, not started yet. */
    App guest() {
        return app(topics, "guest" + guests++, definition, false);
    }

    ModelStub stub() {
        return stub;
    }

    Definition definition() {
        return definition;
    }

    FlowStore store() {
        return store;
    }

    List<App> apps() {
        return List.copyOf(apps);
    }

    /** How many have come out. */
    int outcomes() {
        return watcher.count();
    }

    /** Without a promise: waits until it went on behind some of what it could not deliver, one in ten, however late it began. */
    void awaitGoneOn(int from) {
        if (!setup.mode().isOurs()) {
            watcher.await(outcomes -> outcomes.size() >= from + setup.records() / 4, WITHOUT_PROMISE);
        }
    }

    /** If none came out that was decided so, lets what is to come after the fault come piece by piece until one does. */
    void sendTailUntil(String by) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (watcher.seen().stream().noneMatch(outcome -> by.equals(outcome.by())) && System.nanoTime() < deadline) {
            if (rest.isDone() && !tail.isEmpty()) {
                send(tail.subList(0, 1));
                tail = tail.subList(1, tail.size());
            }
            Child.pause(500);
        }
    }

    void deadTopicIsBack() {
        topics.createDead();
        watcher.deadLettersAreGone(false);
    }

    @Override
    public void close() {
        apps.forEach(App::close);
        if (stub != null) {
            stub.close();
        }
        if (store != null) {
            store.close();
        }
        if (watcher != null) {
            watcher.close();
        }
        if (topics != null) {
            topics.close();
        }
    }
}
