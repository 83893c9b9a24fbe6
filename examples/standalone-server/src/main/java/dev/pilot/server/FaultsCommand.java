package dev.pilot.server;

import picocli.CommandLine.Command;

/** The fault suites. */
@Command(
        name = "faults",
        description = "Kills and breaks things, and counts which promises were not kept.",
        customSynopsis = "pilot faults [<suite> ...] [--rounds <n>]",
        mixinStandardHelpOptions = true)
final class FaultsCommand extends HandOverCommand {
    FaultsCommand() {
        super("dev.pilot.e2e.fault.Main");
    }
}
