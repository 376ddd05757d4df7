/* Workload W for Spin: a handler issues K operations; each completion writes its own slot and takes
   one from a counter that the handler raised at issue; whoever takes the last one checks all slots.
   Spin checks this model, and runs no module. */
#ifndef K
#define K 4
#endif

byte outstanding = 1;
byte finished = 0;
bit slot[K];

inline release() {
  byte i;
  atomic {
    outstanding--;
    if
    :: outstanding == 0 ->
      for (i : 0 .. K - 1) { assert(slot[i] == 1); }
      finished++;
      assert(finished == 1);
    :: else -> skip;
    fi
  }
}

proctype Completion(byte mine) {
  slot[mine] = 1;
  release();
}

init {
  byte issued;
  for (issued : 0 .. K - 1) {
    outstanding++;
    run Completion(issued);
  }
  release();
}
