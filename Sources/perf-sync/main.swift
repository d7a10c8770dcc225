import Commands

EntryPoint.run(.sync)
