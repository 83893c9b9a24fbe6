package dev.pilot.server;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands over to the benchmarks, which are a module of their own that only the launcher puts on the class path. */
@Command(
        name = "bench",
        description = "Runs a benchmark beside its peer and prints how they compare.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final String BENCH = "dev.pilot.bench.Main";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "<suite and its options>", description = "Such as: events. Without one: which there are.")
    private List<String> args = List.of();

    @SuppressWarnings("NullAway") // picocli sets it
    BenchCommand() {}

    @Override
    public Integer call() throws IllegalAccessException, NoSuchMethodException {
        try {
            Class.forName(BENCH).getMethod("main", String[].class).invoke(null, (Object) args.toArray(String[]::new));
            return 0;
        } catch (ClassNotFoundException absent) {
            throw new ParameterException(
                    spec.commandLine(), "The benchmarks are not on the class path: start them with ./pilot bench.");
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("the benchmark failed", failed.getCause());
        }
    }
}
