import Commands

EntryPoint.run(.comment)
