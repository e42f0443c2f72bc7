package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.it.campaign.Campaign.Act;
import io.github.camelaiflow.it.campaign.Setup.Model;
import io.github.camelaiflow.it.campaign.Setup.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Which faults come where. */
final class Program {

    private static final int RECORDS = 400;
    private static final int FAULTS_A_SCENE = 15;

    private Program() {}

    /** For every build: 26 faults, 12 of them kills, and 5 of the negative control. */
    static List<Act> brief(long seed) {
        List<Act> acts = new ArrayList<>(List.of(
                act(
                        Mode.EXACTLY_ONCE,
                        1,
                        2,
                        Model.FILE,
                        seed,
                        Fault.KILL_APP,
                        Fault.KILL_BROKER,
                        Fault.KILL_APP,
                        Fault.POISON,
                        Fault.ZOMBIE,
                        Fault.KILL_APP,
                        Fault.DEAD_TOPIC_DOWN,
                        Fault.MODEL_SWAPPED),
                act(
                        Mode.EXACTLY_ONCE,
                        2,
                        1,
                        Model.SERVER,
                        seed + 1,
                        Fault.TAKEOVER,
                        Fault.REBALANCE,
                        Fault.MODEL_SERVER_HANGS,
                        Fault.KILL_APP,
                        Fault.RESET,
                        Fault.STOP_BROKER),
                act(
                        Mode.AT_LEAST_ONCE,
                        1,
                        2,
                        Model.FILE,
                        seed + 2,
                        Fault.KILL_APP,
                        Fault.KILL_BROKER,
                        Fault.TERM,
                        Fault.KILL_APP,
                        Fault.UPSTREAM_DOUBLES),
                act(
                        Mode.DATABASE,
                        1,
                        2,
                        Model.FILE,
                        seed + 3,
                        Fault.KILL_APP,
                        Fault.STORE_GONE,
                        Fault.KILL_APP,
                        Fault.LABELS_KILL_APP,
                        Fault.LABELS_STORE_GONE),
                act(Mode.ENDPOINTS, 1, 1, Model.FILE, seed + 8, Fault.KILL_APP, Fault.POISON),
                act(Mode.PLAIN_AUTOCOMMIT, 1, 1, Model.FILE, seed + 4, Fault.DEAD_TOPIC_DOWN),
                act(Mode.PLAIN_BATCHING, 1, 1, Model.FILE, seed + 5, Fault.KILL_APP, Fault.KILL_APP),
                act(Mode.PLAIN_TRANSACTED, 2, 1, Model.FILE, seed + 6, Fault.POISON, Fault.KILL_APP)));
        if (PackagedApp.isThere()) {
            acts.add(act(Mode.PACKAGED_EXACTLY_ONCE, 1, 2, Model.FILE, seed + 7, Fault.KILL_APP, Fault.TERM));
        }
        return acts;
    }

    /** What is promised in seconds: 30 restarts of one instance, 10 takeovers by another one of two, 10 restarts of the broker. */
    static List<Act> times(long seed) {
        return List.of(
                act(Mode.EXACTLY_ONCE, 1, 2, Model.FILE, seed, Collections.nCopies(30, Fault.KILL_APP)),
                act(Mode.EXACTLY_ONCE, 2, 1, Model.FILE, seed + 1, Collections.nCopies(10, Fault.TAKEOVER)),
                act(Mode.EXACTLY_ONCE, 1, 2, Model.FILE, seed + 2, Collections.nCopies(10, Fault.KILL_BROKER)));
    }

    private static Act act(Mode mode, int instances, int threads, Model model, long seed, Fault... faults) {
        return act(mode, instances, threads, model, seed, List.of(faults));
    }

    private static Act act(Mode mode, int instances, int threads, Model model, long seed, List<Fault> faults) {
        Store store = mode == Mode.DATABASE ? Store.SERVER : Store.NONE;
        return new Act(new Setup(mode, instances, threads, model, store, seed, RECORDS), faults);
    }

    /**
     * Seeded faults of all classes over all modes.
     *
     * @param faults how many there are of our modes; those of the negative control, up to a tenth of them, come on top: one scene of each
     *     configuration within the first 165 faults
     */
    static List<Act> thorough(long seed, int faults) {
        List<Act> acts = new ArrayList<>();
        int left = faults;
        int controls = 0;
        for (int number = 0; left > 0; number++) {
            if (number <= 10 ? number % 3 == 1 : number % 5 == 4) {
                acts.add(control(seed * 1_000 + 800 + number, controls++));
            }
            Act act = number % 25 == 24 && PackagedApp.isThere()
                    ? packaged(seed * 1_000 + number)
                    : scene(seed * 1_000 + number, number, Math.min(left, FAULTS_A_SCENE));
            acts.add(act);
            left -= act.faults().size();
            if (number % 5 == 2) {
                Act labels = labels(seed * 1_000 + 500 + number, number / 5);
                acts.add(labels);
                left -= labels.faults().size();
            }
        }
        return acts;
    }

    private static Act packaged(long seed) {
        return act(
                Mode.PACKAGED_EXACTLY_ONCE,
                1,
                2,
                Model.FILE,
                seed,
                Fault.KILL_APP,
                Fault.TERM,
                Fault.KILL_BROKER,
                Fault.ZOMBIE,
                Fault.KILL_APP,
                Fault.POISON);
    }

    private static Act labels(long seed, int number) {
        Setup setup = new Setup(
                List.of(Mode.EXACTLY_ONCE, Mode.DATABASE, Mode.AT_LEAST_ONCE).get(number % 3),
                1 + number % 2,
                1,
                Model.FILE,
                forMany(number),
                seed,
                RECORDS);
        List<Fault> faults = new ArrayList<>(Collections.nCopies(2, Fault.LABELS_KILL_APP));
        faults.addAll(Collections.nCopies(2, Fault.LABELS_STORE_GONE));
        Collections.shuffle(faults, new Random(seed));
        return new Act(setup, faults);
    }

    /** PostgreSQL and H2 in turns. */
    private static Store forMany(int number) {
        if (number % 2 == 1) {
            return Store.SERVER;
        }
        if (!FlowStore.hasPostgres()) {
            System.out.println("PostgreSQL is left out, H2 stands in: there is none installed, and no containers run");
            return Store.SERVER;
        }
        return Store.POSTGRES;
    }

    private static Act scene(long seed, int number, int faults) {
        Mode mode = List.of(Mode.EXACTLY_ONCE, Mode.DATABASE, Mode.AT_LEAST_ONCE, Mode.EXACTLY_ONCE, Mode.ENDPOINTS)
                .get(number % 5);
        int instances = 1 + number / 2 % 3;
        int threads = mode == Mode.ENDPOINTS ? 1 : 1 + number % 2;
        Setup setup = new Setup(
                mode,
                instances,
                threads,
                number % 4 == 3 ? Model.SERVER : Model.FILE,
                mode == Mode.DATABASE ? forMany(number / 5) : store(number),
                seed,
                RECORDS);
        List<Fault> fitting = Arrays.stream(Fault.values())
                .filter(fault -> fault.fits(setup))
                .filter(Program::isAvailable)
                .toList();
        Random random = new Random(seed);
        List<Fault> chosen = new ArrayList<>();
        while (chosen.size() < faults) {
            List<Fault> round = new ArrayList<>(fitting);
            Stream.of(Fault.KILL_APP, Fault.KILL_APP, Fault.KILL_BROKER, Fault.TERM)
                    .forEach(round::add);
            Collections.shuffle(round, random);
            chosen.addAll(round.subList(0, Math.min(round.size(), faults - chosen.size())));
        }
        return new Act(setup, chosen);
    }

    private static Store store(int number) {
        if (number % 3 == 1) {
            return forMany(number);
        }
        return number % 6 == 2 && isAvailable(Fault.DISK_FULL) ? Store.SMALL_DISK : Store.NONE;
    }

    private static boolean isAvailable(Fault fault) {
        fault.unavailable().ifPresent(why -> System.out.println("Fault " + fault.text() + " is left out: " + why));
        return fault.unavailable().isEmpty();
    }

    private static Act control(long seed, int number) {
        List<Mode> plain =
                Arrays.stream(Mode.values()).filter(mode -> !mode.isOurs()).toList();
        Mode mode = plain.get(number % plain.size());
        int instances = mode == Mode.PLAIN_TRANSACTED ? 2 : 1;
        List<Fault> faults =
                new ArrayList<>(List.of(Fault.KILL_APP, Fault.POISON, Fault.KILL_BROKER, Fault.KILL_APP, Fault.ZOMBIE));
        Collections.shuffle(faults, new Random(seed));
        faults.add(0, Fault.DEAD_TOPIC_DOWN); // a producer that had the topic before waits for it
        return new Act(new Setup(mode, instances, 1, Model.FILE, Store.NONE, seed, RECORDS), faults);
    }
}
