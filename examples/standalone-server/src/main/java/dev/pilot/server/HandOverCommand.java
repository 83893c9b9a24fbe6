package dev.pilot.server;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Hands over to a program that is a module of its own, which only the launcher puts on the class path. */
abstract class HandOverCommand implements Callable<Integer> {
    private final String program;

    @Spec
    private CommandSpec spec;

    /** What the program is told, which is not known here. */
    @Unmatched
    private List<String> args = new ArrayList<>();

    @SuppressWarnings("NullAway") // picocli sets it
    HandOverCommand(String program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IllegalAccessException, NoSuchMethodException {
        try {
            Class.forName(program).getMethod("main", String[].class).invoke(null, (Object) args.toArray(String[]::new));
            return 0;
        } catch (ClassNotFoundException absent) {
            throw new ParameterException(
                    spec.commandLine(), "It is not on the class path: start it with ./pilot " + spec.name() + ".");
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof IllegalArgumentException wrong) {
                throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
            }
            throw new IllegalStateException(program + " failed", failed.getCause());
        }
    }
}
