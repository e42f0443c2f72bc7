package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.records.ColumnTypes;
import io.github.camelaiflow.records.SampleReader;
import io.github.camelaiflow.validation.suggest.Sample;
import io.github.camelaiflow.validation.suggest.SuggestSettings;
import io.github.camelaiflow.validation.suggest.SuggestedSuite;
import io.github.camelaiflow.validation.suggest.SuiteSuggester;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command that suggests a suite from sample files. Exit code 0 for a suite written, 1 for a file that cannot be read or
 * written, 2 for arguments that are wrong.
 */
public final class SuggestSuite {

    private static final String USAGE = """
            Suggests a validation suite from sample records and writes it as Great Expectations JSON.

            Usage: SuggestSuite SAMPLE... [options]

              SAMPLE        CSV with a header line (.csv), or JSON objects, one a line or in an array
                            (.jsonl, .ndjson, .json); UTF-8. Several files are one sample.
              --name NAME   the suite's name; default: the first file's name without its ending
              --alpha A     the chance that a later batch of the same distribution fails the suite,
                            all its expectations together; default 0.05
              --batch N     records of such a batch; default: as many as the sample has
              --rows N      rows kept of a larger sample, chosen at random; default 100000
              --seed N      decides which rows are kept and which explored; default 1
              --texts       leave the cells of CSV texts, as Camel's CSV data formats do; by default a
                            column all of whose cells are numbers, or true and false, is read as such
              -o FILE       where to write the suite; default: standard output
              --help        this text
            """;

    private final List<Path> samples = new ArrayList<>();
    private SuggestSettings settings = SuggestSettings.DEFAULT;
    private String name;
    private boolean texts;
    private Path target;

    private SuggestSuite(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String argument = arguments.next();
            switch (argument) {
                case "--name" -> name = value(argument, arguments);
                case "--alpha" -> settings = settings.withAlpha(number(argument, arguments));
                case "--batch" -> settings = settings.withBatchSize(count(argument, arguments));
                case "--rows" -> settings = settings.withMaxRows(count(argument, arguments));
                case "--seed" -> settings = settings.withSeed((long) number(argument, arguments));
                case "--texts" -> texts = true;
                case "-o" -> target = Path.of(value(argument, arguments));
                default -> samples.add(sample(argument));
            }
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a sample must be given");
        }
        if (name == null) {
            name = samples.get(0).getFileName().toString().replaceFirst("\\.[^.]*$", "");
        }
    }

    /** Ends the JVM with the exit code. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** The exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            new SuggestSuite(arguments.iterator()).suggest(out, err);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "; --help tells more");
            return 2;
        } catch (DataException e) {
            err.println(e.getMessage());
        } catch (NoSuchFileException e) {
            err.println(e.getFile() + " must be there, was not found");
        } catch (AccessDeniedException e) {
            err.println(e.getFile() + " must be accessible, access was denied");
        } catch (IOException e) {
            err.println("cannot read or write: " + e.getMessage());
        }
        return 1;
    }

    private void suggest(PrintStream out, PrintStream err) throws IOException {
        ColumnTypes types = ColumnTypes.TEXTS;
        for (Path file : texts ? List.<Path>of() : samples) {
            types = types.with(reader(file).types());
        }
        Sample sample = new Sample(settings);
        for (Path file : samples) {
            reader(file).read(types, sample::add);
        }
        SuggestedSuite suggested = SuiteSuggester.suggest(name, sample);
        if (target == null) {
            out.println(suggested.toJson());
        } else {
            Files.writeString(target, suggested.toJson() + "\n", StandardCharsets.UTF_8);
        }
        err.println(suggested.rowsRead() + " rows read, " + suggested.rowsUsed() + " used; "
                + suggested.suite().expectations().size() + " expectations suggested, "
                + suggested.leftOut().size() + " left out (meta.aiflow.left_out says why)");
    }

    private static SampleReader reader(Path file) {
        return new SampleReader(file.toString(), () -> Files.newInputStream(file));
    }

    private static Path sample(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("option " + argument + " is not known");
        }
        return Path.of(argument);
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw new IllegalArgumentException(option + " must be followed by a value");
        }
        return arguments.next();
    }

    private static int count(String option, Iterator<String> arguments) {
        double number = number(option, arguments);
        if (number < 1 || number != Math.rint(number) || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " must be followed by a whole number from 1 up");
        }
        return (int) number;
    }

    private static double number(String option, Iterator<String> arguments) {
        String value = value(option, arguments);
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be followed by a number, was " + value);
        }
    }
}
