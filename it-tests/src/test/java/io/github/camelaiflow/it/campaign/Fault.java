package io.github.camelaiflow.it.campaign;

import io.github.camelaiflow.it.campaign.FaultProxy.Toxic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What can go wrong. Each is a function of the scene and of a seeded generator, which decides its timing. */
enum Fault {
    /** An instance is killed and started again at once. */
    KILL_APP {
        @Override
        Injected inject(Scene scene, Random random) {
            App app = scene.any(random);
            long t0 = System.nanoTime();
            app.kill();
            long detected = System.nanoTime();
            app.start();
            return new Injected(t0, detected, app.readyAt(), app.readyAt(), "");
        }
    },
    /** An instance is killed and not started before the others have done its work. */
    TAKEOVER {
        @Override
        Injected inject(Scene scene, Random random) {
            App app = scene.atWork(random);
            long t0 = System.nanoTime();
            app.kill();
            long detected = System.nanoTime();
            scene.sendTail();
            scene.awaitSettled();
            app.start();
            return new Injected(t0, detected, t0, 0, "");
        }
    },
    KILL_BROKER {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.broker().kill();
            long detected = System.nanoTime();
            Child.pause(random.nextInt(random.nextInt(4) == 0 ? 12_000 : 1_000)); // now and then requests time out
            scene.broker().start();
            return new Injected(t0, detected, scene.broker().readyAt(), 0, "");
        }
    },
    /** An instance stands still for less than its session's timeout. */
    STOP_APP {
        @Override
        Injected inject(Scene scene, Random random) {
            return freeze(scene.any(random), 1_000 + random.nextInt(3_000));
        }
    },
    /** An instance stands still for longer than its session's timeout, and goes on as if nothing had been. */
    ZOMBIE {
        @Override
        Injected inject(Scene scene, Random random) {
            return freeze(scene.any(random), Mode.SESSION_TIMEOUT + 2_000 + random.nextInt(3_000));
        }
    },
    STOP_BROKER {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.broker().freeze(Duration.ofSeconds(12));
            Child.pause(12_000);
            return Injected.over(t0);
        }
    },
    /** Another instance joins, and leaves in order. */
    REBALANCE {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            try (App guest = scene.guest()) {
                guest.start();
                Child.pause(random.nextInt(2_000));
                guest.terminate(GRACE);
            }
            return Injected.over(t0);
        }
    },
    /** SIGTERM in mid-flight, and a new start. */
    TERM {
        @Override
        Injected inject(Scene scene, Random random) {
            App app = scene.any(random);
            long t0 = System.nanoTime();
            Duration took = app.terminate(GRACE);
            long detected = System.nanoTime();
            app.start();
            return new Injected(
                    t0,
                    detected,
                    app.readyAt(),
                    app.readyAt(),
                    took == null ? "forced after " + GRACE.toSeconds() + " s" : "ended in " + took.toMillis() + " ms");
        }
    },
    /** The topic of dead letters is gone for a while. */
    DEAD_TOPIC_DOWN {
        @Override
        Injected inject(Scene scene, Random random) {
            int seen = scene.outcomes();
            Child.pause(3_000 + random.nextInt(2_000));
            scene.awaitGoneOn(seen);
            scene.deadTopicIsBack();
            return Injected.over(0);
        }
    },
    /** 10 % of the records cannot be decided. */
    POISON {
        @Override
        Injected inject(Scene scene, Random random) {
            return Injected.over(System.nanoTime());
        }
    },
    /** 10 % of the records are sent twice. */
    UPSTREAM_DOUBLES {
        @Override
        Injected inject(Scene scene, Random random) {
            return Injected.over(System.nanoTime());
        }
    },
    /** Connections to the broker are reset, several times. */
    RESET {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            for (int i = 0; i < 3 + random.nextInt(5); i++) {
                scene.broker().proxy().resetPeers();
                Child.pause(random.nextInt(400));
            }
            return Injected.over(t0);
        }
    },
    /** The broker cannot be reached. */
    CUT_OFF {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.broker().proxy().down();
            Child.pause(2_000 + random.nextInt(8_000));
            scene.broker().proxy().up();
            return Injected.over(t0);
        }
    },
    /** What is sent to the broker, and by it, goes nowhere. */
    BLACK_HOLE {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.broker().proxy().set(Toxic.timeout());
            Child.pause(2_000 + random.nextInt(8_000));
            scene.broker().proxy().set(Toxic.NONE);
            scene.broker().proxy().resetPeers(); // what is left of them has holes
            return Injected.over(t0);
        }
    },
    /** The network to the broker is slow, in one of five ways. */
    SLOW_NETWORK {
        @Override
        Injected inject(Scene scene, Random random) {
            Toxic toxic = TOXICS.get(random.nextInt(TOXICS.size()));
            long t0 = System.nanoTime();
            scene.broker().proxy().set(toxic);
            Child.pause(3_000 + random.nextInt(3_000));
            scene.broker().proxy().set(Toxic.NONE);
            return Injected.over(t0).noting(toxic.toString());
        }
    },
    MODEL_SERVER_SLOW {
        @Override
        Injected inject(Scene scene, Random random) {
            return unwell(scene, ModelStub.State.SLOW, random);
        }
    },
    MODEL_SERVER_HANGS {
        @Override
        Injected inject(Scene scene, Random random) {
            return unwell(scene, ModelStub.State.HANGING, random);
        }
    },
    MODEL_SERVER_FLAPS {
        @Override
        Injected inject(Scene scene, Random random) {
            return unwell(scene, ModelStub.State.FLAPPING, random);
        }
    },
    MODEL_SERVER_FAILS {
        @Override
        Injected inject(Scene scene, Random random) {
            return unwell(scene, ModelStub.State.FAILING, random);
        }
    },
    MODEL_SERVER_GONE {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.stub().proxy().down();
            Child.pause(1_000 + random.nextInt(3_000));
            scene.stub().proxy().up();
            return Injected.over(t0);
        }
    },
    /** Another version serves from now on; its model says the same. */
    MODEL_SWAPPED {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.definition().swapModel();
            Child.pause(3L * Definition.LOOKS_EVERY_MILLIS);
            Injected injected = Injected.over(t0);
            scene.sendTailUntil("v2 primary");
            scene.definition().restore();
            return injected;
        }
    },
    /** A version whose file is half there is to serve. */
    MODEL_CORRUPT {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.definition().corruptModel();
            Child.pause(3L * Definition.LOOKS_EVERY_MILLIS);
            Injected injected = Injected.over(t0);
            scene.definition().restore();
            return injected;
        }
    },
    /** The flow's store is killed, and comes back after a while. */
    STORE_GONE {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.store().kill();
            Child.pause(1_000 + random.nextInt(5_000));
            scene.store().start();
            return Injected.over(t0);
        }
    },
    /** All instances are killed while labels come, and started again. */
    LABELS_KILL_APP {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            scene.apps().forEach(App::kill);
            long detected = System.nanoTime();
            scene.apps().forEach(App::start);
            long ready = scene.apps().get(0).readyAt();
            return new Injected(t0, detected, ready, ready, "");
        }
    },
    /** The flow's store is killed while labels come, and comes back after a while. */
    LABELS_STORE_GONE {
        @Override
        Injected inject(Scene scene, Random random) {
            return STORE_GONE.inject(scene, random);
        }
    },
    /** The store's disk is full for a while. */
    DISK_FULL {
        @Override
        Injected inject(Scene scene, Random random) {
            long t0 = System.nanoTime();
            ((StoreProcess) scene.store()).fillDisk();
            Child.pause(1_000 + random.nextInt(5_000));
            ((StoreProcess) scene.store()).emptyDisk();
            return Injected.over(t0);
        }
    },
    /** An instance is started with a clock that is days off, and later with one that is right. */
    CLOCK {
        @Override
        Injected inject(Scene scene, Random random) {
            App app = scene.any(random);
            String offset = (random.nextBoolean() ? "+" : "-") + (1 + random.nextInt(5)) + "d";
            long t0 = System.nanoTime();
            app.terminate(GRACE);
            app.start(Map.of(
                    "LD_PRELOAD",
                    FAKETIME.orElseThrow(),
                    "FAKETIME",
                    offset,
                    "FAKETIME_DONT_FAKE_MONOTONIC",
                    "1",
                    "FAKETIME_FORCE_MONOTONIC_FIX", // else timed waits end at once
                    "0"));
            Child.pause(2_000 + random.nextInt(2_000));
            app.terminate(GRACE);
            app.start();
            return Injected.over(t0).noting(offset);
        }
    };

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final List<Toxic> TOXICS = List.of(
            Toxic.latency(150),
            Toxic.bandwidth(20_000),
            Toxic.slicer(7),
            Toxic.limitData(30_000),
            Toxic.slowClose(500));

    private static final Optional<String> FAKETIME = Stream.of(
                    System.getProperty("campaign.faketime", ""),
                    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")
            .filter(file -> Files.isRegularFile(Path.of(file)))
            .findFirst();

    /** Does it, and returns when its cause is gone. */
    abstract Injected inject(Scene scene, Random random);

    private static Injected freeze(App app, int millis) {
        long t0 = System.nanoTime();
        app.freeze(Duration.ofMillis(millis));
        Child.pause(millis);
        return Injected.over(t0);
    }

    private static Injected unwell(Scene scene, ModelStub.State state, Random random) {
        long t0 = System.nanoTime();
        scene.stub().become(state);
        Child.pause(1_000 + random.nextInt(3_000));
        scene.stub().become(ModelStub.State.WELL);
        return Injected.over(t0);
    }

    /** Whether it can come there. */
    boolean fits(Setup setup) {
        return switch (this) {
            case TAKEOVER -> setup.instances() > 1;
            case MODEL_SERVER_SLOW, MODEL_SERVER_HANGS, MODEL_SERVER_FLAPS, MODEL_SERVER_FAILS, MODEL_SERVER_GONE ->
                setup.model() == Setup.Model.SERVER;
            case STORE_GONE -> setup.store().isForMany();
            case LABELS_KILL_APP, LABELS_STORE_GONE -> false; // by themselves
            case DISK_FULL -> setup.store() == Setup.Store.SMALL_DISK;
            case MODEL_SWAPPED, MODEL_CORRUPT -> setup.model() == Setup.Model.FILE;
            default -> true;
        };
    }

    /** Why it cannot be made here, if it cannot. */
    Optional<String> unavailable() {
        if (this == CLOCK && FAKETIME.isEmpty()) {
            return Optional.of("there is no libfaketime (-Dcampaign.faketime=/path/libfaketime.so.1)");
        }
        if (this == DISK_FULL && !StoreProcess.hasSmallDisks()) {
            return Optional.of("only root mounts a small disk");
        }
        return Optional.empty();
    }

    /** For how long records go on coming, in ms; 0 if all come at once. */
    int trickle(Random random) {
        return switch (this) {
            case MODEL_SWAPPED, MODEL_CORRUPT -> 4 * Definition.LOOKS_EVERY_MILLIS;
            case POISON, UPSTREAM_DOUBLES, DEAD_TOPIC_DOWN -> 0;
            default -> random.nextBoolean() ? 0 : 3_000;
        };
    }

    /** What must go in for it to do harm. */
    Feed.Kind feed() {
        return switch (this) {
            case POISON, DEAD_TOPIC_DOWN -> Feed.Kind.POISONED;
            case UPSTREAM_DOUBLES -> Feed.Kind.DOUBLED;
            default -> Feed.Kind.ORDINARY;
        };
    }

    /** Whether it needs a model server. */
    boolean isOfTheModelServer() {
        return name().startsWith("MODEL_SERVER");
    }

    /** Whether it comes while labels do. */
    boolean isOfLabels() {
        return name().startsWith("LABELS");
    }

    /** Whether things may be done before it is over: then some records come after, so that it is seen that they go on, and when. */
    boolean isOutlived() {
        return switch (this) {
            case KILL_APP,
                    TAKEOVER,
                    KILL_BROKER,
                    TERM,
                    REBALANCE,
                    SLOW_NETWORK,
                    RESET,
                    CUT_OFF,
                    BLACK_HOLE,
                    STOP_APP,
                    STOP_BROKER,
                    ZOMBIE,
                    STORE_GONE,
                    MODEL_SWAPPED,
                    CLOCK -> true;
            default -> isOfTheModelServer();
        };
    }

    /** As it is written in reports. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
