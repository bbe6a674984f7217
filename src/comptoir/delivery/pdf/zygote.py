"""The process that every drawing process is forked from: one thread, the renderer warm, little else.

Forking the web server itself would copy its threads' locks; starting a fresh Python for each PDF would
cost 150 ms. One that hangs is ended by the kernel: its clock runs whenever it does not wait for an order.
Run as `python -m comptoir.delivery.pdf.zygote` with the control socket as its input.
"""

import gc
import os
import select
import signal
import socket
from typing import Final

from comptoir.delivery.pdf import drawing
from comptoir.delivery.pdf.nursery import BORN, BROKEN, DRAWN
from comptoir.delivery.pdf.sealing import seal
from comptoir.delivery.pdf.warming import warm

IDLE_SECONDS: Final = 600
REAP_SECONDS: Final = 1
WARM_SECONDS = 60
HANG_SECONDS = 5
"""As long as bearing a child may take."""


def main() -> None:
    """Warm up, then bear a child for each socket received."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_in(WARM_SECONDS)
    control = socket.socket(fileno=0)
    with warm():
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the renderer remarks on every design at length
        gc.freeze()
        serve(control)


def end_in(seconds: float) -> None:
    """Let the kernel end this process then, whatever it is at; 0 calls that off. No child inherits it."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def serve(control: socket.socket) -> None:
    """Go on until the house closes the control, or has no work for a while."""
    living = waited = 0
    while waited < IDLE_SECONDS:
        patience = REAP_SECONDS if living else IDLE_SECONDS
        end_in(0)
        ordered = select.select([control], [], [], patience)[0]
        end_in(HANG_SECONDS)
        if not ordered:
            waited += patience
        else:
            message, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
            if not message:
                return
            waited = 0
            living += bear(control, descriptors[0])
        living -= reaped()


def bear(control: socket.socket, descriptor: int) -> int:
    """Fork a child that draws one document and ends. Gives 1."""
    if os.fork() == 0:
        try:
            control.close()
            work(socket.socket(fileno=descriptor))
        finally:
            os._exit(0)
    os.close(descriptor)
    return 1


def work(wire: socket.socket) -> None:
    """Read a job, seal the process, draw, answer."""
    gc.disable()
    wire.sendall(BORN)
    with wire.makefile("rb") as stream:
        order = drawing.read(stream)
    seal(order.seconds)
    wire.sendall(answer(order))


def answer(order: drawing.Order) -> bytes:
    """The PDF, or why there is none; nothing when memory ran out."""
    try:
        return DRAWN + drawing.draw(order)
    except MemoryError:
        return b""
    except Exception as error:
        return BROKEN + str(error).encode()


def reaped() -> int:
    """Collect the children that have ended, so that their CPU time is counted as ours. Gives how many."""
    count = 0
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            count += 1
    except ChildProcessError:
        pass
    return count


if __name__ == "__main__":
    main()
